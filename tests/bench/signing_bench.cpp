// What a signature costs beside the bare primitives, in CPU time of the same run: build/<preset>/tests/bench
// --benchmark_filter=sign. Aims: SM2 by Botan at least twice as fast as by OpenSSL (ADR 0016); reading, canonicalizing,
// digesting, signing and proving a message of one order at most 150 µs over the bare signature and its check.
#include <benchmark/benchmark.h>
#include <ctime>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "signing/certificate_reading.h"
#include "signing/keys/sm2_signer.h"
#include "signing/sign.h"
#include "signing/signature_value.h"
#include "signing/verify.h"
#include "tests/bench/orders.h"

namespace {

using signing::SignatureAlgorithm;
using tests::bench::hundred_orders;
using tests::bench::order;
using tests::bench::Orders;

constexpr std::size_t signed_info_bytes = 900;
const std::string signed_info(signed_info_bytes, 'x');

double cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

template <class Work>
double microseconds_of(Work work) {
  const double begun = cpu_microseconds();
  work();
  return cpu_microseconds() - begun;
}

signing::Handle<EVP_PKEY> private_key() {
  const signing::Handle<BIO> bio(BIO_new_file(order().identity.key.c_str(), "rb"));
  return signing::Handle<EVP_PKEY>(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

void sign_with_openssl(EVP_PKEY* key) {
  const signing::Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  unsigned char value[128];
  std::size_t size = sizeof value;
  EVP_DigestSignInit(context.get(), &parameters, EVP_sm3(), nullptr, key);
  EVP_PKEY_CTX_set1_id(parameters, signing::customs_user_id.data(), static_cast<int>(signing::customs_user_id.size()));
  EVP_DigestSign(context.get(), value, &size, signing::octets(signed_info), signed_info.size());
}

// Both in one run, so that the ratio stands whatever else the machine does.
void sign_sm2_by_botan_and_by_openssl(benchmark::State& state) {
  const auto key = private_key();
  const auto signer = signing::keys::Sm2Signer::make(key.get());
  double botan = 0, openssl = 0;
  for (auto _ : state) {
    botan += microseconds_of([&] { benchmark::DoNotOptimize(signer->sign(signed_info)); });
    openssl += microseconds_of([&] { sign_with_openssl(key.get()); });
  }
  const auto count = static_cast<double>(state.iterations());
  state.counters["botan_us"] = botan / count;
  state.counters["openssl_us"] = openssl / count;
  state.counters["ratio"] = openssl / botan;
}

void sign_and_prove_message(benchmark::State& state, const Orders& orders) {
  const auto& dialect = signing::default_dialect(signing::KeyKind::sm2);
  EVP_PKEY* certified = orders.key->certificate().read->public_key();
  double whole = 0, bare_sign = 0, bare_verify = 0;
  for (auto _ : state) {
    whole += microseconds_of([&] { benchmark::DoNotOptimize(signing::sign(orders.xml, *orders.key, dialect, {})); });
    std::string value;
    bare_sign += microseconds_of([&] { value = orders.key->sign(SignatureAlgorithm::sm2_sm3, signed_info).value(); });
    bare_verify += microseconds_of([&] {
      if (!signing::value_fits(certified, SignatureAlgorithm::sm2_sm3, signed_info, value)) {
        state.SkipWithError("the value does not fit");
      }
    });
  }
  const auto count = static_cast<double>(state.iterations());
  state.counters["whole_us"] = whole / count;
  state.counters["bare_sign_us"] = bare_sign / count;
  state.counters["bare_verify_us"] = bare_verify / count;
  state.counters["over_bare_us"] = (whole - bare_sign - bare_verify) / count;
}

void sign_and_prove_one_order(benchmark::State& state) { sign_and_prove_message(state, order()); }
void sign_and_prove_a_hundred_orders(benchmark::State& state) { sign_and_prove_message(state, hundred_orders()); }

void verify_signed_order(benchmark::State& state) {
  const auto now = order().key->certificate().not_before;
  for (auto _ : state) benchmark::DoNotOptimize(signing::verify(order().signed_xml, {.now = now}));
}

BENCHMARK(sign_sm2_by_botan_and_by_openssl)->Unit(benchmark::kMicrosecond);
BENCHMARK(sign_and_prove_one_order)->Unit(benchmark::kMicrosecond);
BENCHMARK(sign_and_prove_a_hundred_orders)->Unit(benchmark::kMicrosecond);
BENCHMARK(verify_signed_order)->Unit(benchmark::kMicrosecond);

}  // namespace
