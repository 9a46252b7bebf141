#include "tools/jointtest/report/write_report.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>

#include "gateway/evidence/zip.h"
#include "tools/jointtest/report/evidence.h"
#include "tools/jointtest/report/junit.h"
#include "tools/jointtest/report/page.h"

namespace tools::jointtest::report {

namespace {

base::Fault not_written(const std::filesystem::path& file, int error_number) {
  const std::string why = std::strerror(error_number);
  base::Fault fault;
  fault.code = "file.write";
  fault.path = file.string();
  fault.zh = "无法写入文件 " + file.string() + "：" + why;
  fault.en = "the file " + file.string() + " cannot be written: " + why;
  return fault;
}

// The error's number; 0: all of it is on the disk.
int write_bytes(const std::filesystem::path& file, std::string_view bytes, mode_t mode) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return errno;
  int error_number = 0;
  while (!bytes.empty() && error_number == 0) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      error_number = errno;
    }
  }
  if (error_number == 0 && ::fsync(descriptor) != 0) error_number = errno;
  ::close(descriptor);
  return error_number;
}

base::Done replace(const std::filesystem::path& file, std::string_view bytes, Masking masking) {
  constexpr mode_t for_the_owner = 0600, as_usual = 0666;
  const std::filesystem::path temporary = file.string() + "." + std::to_string(::getpid()) + ".tmp";
  ::unlink(temporary.c_str());  // of a process of that number that was killed
  int error_number = write_bytes(temporary, bytes, masking == Masking::shown ? for_the_owner : as_usual);
  if (error_number == 0 && ::rename(temporary.c_str(), file.c_str()) != 0) error_number = errno;
  if (error_number == 0) return base::Nothing{};
  ::unlink(temporary.c_str());
  return not_written(file, error_number);
}

base::Done write_zip(const std::filesystem::path& file, const std::vector<gateway::evidence::File>& files,
                     Masking masking) {
  const auto zip = gateway::evidence::write_zip(files);
  if (zip) return replace(file, *zip, masking);
  base::Faults faults = zip.faults();
  for (base::Fault& fault : faults) {
    fault.path = file.string();
    fault.zh = "联调的证据超过一个 zip 文件的上限，未写入；报告和 junit.xml 已写入";
    fault.en = "the evidence of the run is more than one zip takes and was not written; report and junit.xml were";
  }
  return faults;
}

base::Done write_files(const RunResult& run, const std::filesystem::path& directory, const schemas::Catalog& catalog,
                       Masking masking) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return not_written(directory, error.value());
  const Written written{page(run, catalog, masking), junit_xml(run)};
  for (const auto& [name, bytes] : {std::pair{"report.html", &written.page}, std::pair{"junit.xml", &written.junit}}) {
    if (auto done = replace(directory / name, *bytes, masking); !done) return done;
  }
  return write_zip(directory / "evidence.zip", evidence_files(run, written, masking), masking);
}

}  // namespace

base::Done write_report(const RunResult& run, const std::filesystem::path& directory, const schemas::Catalog& catalog,
                        Masking masking) {
  return write_files(masking == Masking::masked ? masked(run, catalog) : run, directory, catalog, masking);
}

}  // namespace tools::jointtest::report
