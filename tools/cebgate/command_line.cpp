#include "tools/cebgate/command_line.h"

#include <cstdlib>

#include "tools/cebgate/commands.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

int run(int argc, char** argv) {
  Program program(language_of(argc, argv, std::getenv("LANG")));
  add_serve(program);
  add_check_config(program);
  add_doctor(program);
  add_catalog(program);
  add_codes(program);
  add_explain(program);
  add_show(program);
  add_build(program);
  add_validate(program);
  add_sign(program);
  add_verify(program);
  add_submit(program);
  add_import(program);
  add_list(program);
  add_status(program);
  add_watch(program);
  add_notices(program);
  add_actions(program);
  add_amend(program);
  add_replays(program);
  add_inbound(program);
  add_evidence(program);
  add_archive(program);
  add_user(program);
  add_jointtest(program);
  return program.run(argc, argv);
}

}  // namespace tools::cebgate
