#include "gateway/evidence/readme.h"

namespace gateway::evidence {

namespace {

constexpr std::string_view text = R"(一份单证的证据 / The evidence of one document
=============================================

document.json        各版本和各报文的概要
request-N.json       第 N 版受理的内容（网关已补全；报送时即按此内容写成报文）
message-GUID.xml     签名后的报文，与保存的字节完全一致；一份报文可含同一企业的多份单证
envelope-GUID.*      实际发往口岸的信封，其中含该报文（Base64）
deliveries.json      每次投递：时间、结果、口岸的答复
proof-*.bin          口岸为其答复出具的凭据，原样（AS2 的 MDN）；答复中有其 SHA-256
receipts.json        读出的回执和海关通知，按到达先后；inbound 指向原文
inbound.json         收到的原始记录；inbound-摘要.bin 是与收到时完全一致的字节
chain.jsonl          经过：每行一条，每条的 SM3 摘要覆盖本条内容和上一条的摘要
manifest.json        以上各文件的大小、SHA-256 和 SM3；各版本链的末端摘要
SHA256SUMS           所有文件的 SHA-256

如何查验
  全部查验：        cebgate evidence --check FILE.zip --trust CA.pem
  文件是否被改动：  sha256sum -c SHA256SUMS ；单个文件的 SM3：openssl dgst -sm3 FILE
  报文的签名：      cebgate verify message-GUID.xml --trust CA.pem --explain
                    rsa-sha1 的报文也可用：xmlsec1 --verify --trusted-pem CA.pem message-GUID.xml
  链中 content：    request-N.json 去掉 guid 和 appTime 后规范化内容的 SHA-256
  链中 message：    sha256sum message-GUID.xml
  链中 inbound：    { printf '%s\n%s\n' 口岸 来源; cat inbound-摘要.bin; } | sha256sum ，口岸和来源见 inbound.json
  链中每条的摘要：  对 cebgate-chain-1、上一条摘要（32 字节）、guid、at（1970 年起的毫秒数）、from、to、stage、outcome、
                    reason、by、evidence 依次写“字节数:内容,”，再算 SM3

链能证明什么：拿到本文件之后，其中任何一条被改、删、插、换都会被发现。账本的所有者可以重写整条链，因此应把末端摘要另行留存
（GET /v1/documents/{id} 的 chain，或 manifest.json 的 ends），日后与之比较。文件中有完整的个人信息，请按规定保管。


document.json        the versions and messages in short
request-N.json       what was accepted as version N (with what the gateway filled in; the message was written from it)
message-GUID.xml     the signed message, byte for byte as it is kept; it may carry several documents of one enterprise
envelope-GUID.*      what went over the wire to the port, with the message inside (Base64)
deliveries.json      every delivery: when, how it ended, what the port answered
proof-*.bin          what the port gave to prove its answer, as it came (the MDN of AS2); the answer names its SHA-256
receipts.json        receipts and customs notices as they were read, by arrival; `inbound` names where they were read
inbound.json         the records that were received; inbound-DIGEST.bin has the bytes exactly as they came
chain.jsonl          what happened: an entry a line, its SM3 digest over the entry and the digest of the one before
manifest.json        size, SHA-256 and SM3 of all the files above; the digest at which each version's chain ends
SHA256SUMS           SHA-256 of every file

How to check it
  all of it:             cebgate evidence --check FILE.zip --trust CA.pem
  no file was changed:   sha256sum -c SHA256SUMS ; the SM3 of one: openssl dgst -sm3 FILE
  a message's signature: cebgate verify message-GUID.xml --trust CA.pem --explain
                         rsa-sha1 by another program: xmlsec1 --verify --trusted-pem CA.pem message-GUID.xml
  content in the chain:  SHA-256 of the canonical content of request-N.json, without guid and appTime
  message in the chain:  sha256sum message-GUID.xml
  inbound in the chain:  { printf '%s\n%s\n' PORT SOURCE; cat inbound-DIGEST.bin; } | sha256sum , both from inbound.json
  digest of an entry:    SM3 over cebgate-chain-1, the digest before (32 bytes), guid, at (milliseconds since 1970), from,
                         to, stage, outcome, reason, by, evidence, each written as "number of bytes:bytes,"

What the chain proves: after this file was handed over, no entry can be changed, taken out, slipped in or swapped unseen.
Who owns the ledger can write all of the chain anew; so note the digest at its end elsewhere (`chain` of
GET /v1/documents/{id}, or `ends` in manifest.json) and compare it later. The files hold personal data in full.
)";

}  // namespace

std::string_view readme_text() { return text; }

}  // namespace gateway::evidence
