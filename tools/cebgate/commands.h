// Every command of the program, one function each that adds it.
#pragma once

namespace tools::cebgate {

class Program;

void add_serve(Program& program);
void add_check_config(Program& program);
void add_doctor(Program& program);
void add_jointtest(Program& program);

void add_catalog(Program& program);
void add_codes(Program& program);
void add_explain(Program& program);
void add_show(Program& program);
void add_build(Program& program);
void add_validate(Program& program);
void add_sign(Program& program);
void add_verify(Program& program);

void add_submit(Program& program);
void add_import(Program& program);
void add_list(Program& program);
void add_status(Program& program);
void add_watch(Program& program);
void add_notices(Program& program);
void add_actions(Program& program);  // replay, hold, release, withdraw
void add_amend(Program& program);
void add_replays(Program& program);
void add_inbound(Program& program);
void add_evidence(Program& program);
void add_archive(Program& program);
void add_user(Program& program);

}  // namespace tools::cebgate
