#include "signing/cause.h"

#include <algorithm>
#include <stdexcept>

namespace signing {

namespace {

struct Words {
  const char* name;
  const char *zh, *en;  // {} is where the detail goes
};

constexpr Words words[] = {
    // The digest of the document.
    {"white-space-added",
     "签名之后元素之间加入了空白（重新排版，或签名前后换行）：去掉后摘要一致；请重新签名，此后不再改动",
     "white space was added between elements after signing (formatting, or line breaks beside the signature): the "
     "digest fits without it; sign it again and leave it as it is"},
    {"namespace-changed", "命名空间声明在签名之后增减：根元素{}则相符；请保留签名时的声明",
     "namespace declarations were added or lost after signing: it fits if the root is {}; keep the declarations as "
     "they were when it was signed"},
    {"comments-digested", "摘要计算时带上了注释：应使用不含注释的 C14N 1.0，请修改签名程序",
     "the digest was made of the document with its comments: C14N 1.0 without comments is wanted; mend the signing "
     "program"},
    {"bom-digested", "摘要计算时带上了 BOM（EF BB BF）：BOM 不属于规范化后的内容，请修改签名程序",
     "the digest was made with the BOM (EF BB BF) in front, which is no part of the canonical document; mend the "
     "signing program"},
    {"declaration-digested", "摘要计算时带上了 XML 声明（<?xml …?>）：规范化后的内容不含声明，请修改签名程序",
     "the digest was made with the XML declaration (<?xml …?>), which is no part of the canonical document; mend the "
     "signing program"},
    {"raw-digested", "摘要是对文件原文计算的，没有先做 C14N 规范化；请修改签名程序",
     "the digest was made of the text as it is written, not of its canonical form (C14N); mend the signing program"},
    {"crlf-digested", "摘要计算时保留了回车（CRLF）：XML 的换行一律为 LF，请修改签名程序",
     "the digest was made with carriage returns (CRLF) kept: line ends in XML are LF; mend the signing program"},
    {"gbk-digested", "摘要是对 GBK 编码的文本计算的：规范化后的内容一律为 UTF-8，请修改签名程序",
     "the digest was made of the text in GBK: the canonical document is UTF-8; mend the signing program"},
    {"signature-digested", "摘要计算时没有去掉 Signature 元素（enveloped-signature 转换）；请修改签名程序",
     "the digest was made with the Signature element in the document (the transform enveloped-signature was left "
     "out); mend the signing program"},
    {"digest-algorithm", "DigestValue 是用 {} 计算的，与 DigestMethod 所写不同；请使二者一致",
     "DigestValue was made with {}, not with what DigestMethod says; make the two agree"},
    // SignedInfo and the SignatureValue over it.
    {"signed-info-formatted", "去掉 SignedInfo 中的空白后签名有效：UKey 客户端的签名之后被重新排版，请原样保留签名",
     "valid if the white space in SignedInfo is removed: the signature of the UKey client was formatted afterwards; "
     "keep the signature as it came"},
    {"exclusive-c14n",
     "若 SignedInfo 只声明自己的命名空间则签名有效：签名时用了 Exclusive C14N，或未带上根元素的命名空间声明；应使用 "
     "C14N 1.0",
     "valid if SignedInfo declares its own namespace only: it was signed by exclusive C14N or as a document of its "
     "own, without the root's declarations; use C14N 1.0"},
    {"signed-info-namespaces",
     "SignedInfo {}则签名有效：签名时命名空间声明与根元素不同；规范化的 SignedInfo 须带上根元素的全部声明",
     "valid if SignedInfo is {}: it was signed with other namespace declarations than the root has; the canonical "
     "SignedInfo carries all of the root's"},
    {"signed-info-without-namespace",
     "若 SignedInfo 不带任何命名空间声明则签名有效：签名的是文本片段，没有先做 C14N 规范化",
     "valid if SignedInfo declares no namespace at all: the text was signed as it stands, not its canonical form "
     "(C14N)"},
    {"raw-signed-info", "若按原文（未规范化）取 SignedInfo 则签名有效：请先做 C14N 规范化再签名",
     "valid over SignedInfo as it is written, not over its canonical form: canonicalize it (C14N) before signing"},
    {"other-user-id", "以 SM2 用户标识{}验签则有效：海关要求 1234567812345678，请修改签名程序",
     "valid with {} as SM2 user id: customs wants 1234567812345678; mend the signing program"},
    {"without-za",
     "签名时没有计算 ZA（直接对 SM3(SignedInfo) 签名）：应对 SM3(ZA‖SignedInfo) 签名，用户标识 1234567812345678",
     "signed over SM3(SignedInfo) without ZA: SM3(ZA‖SignedInfo) is wanted, with user id 1234567812345678"},
    {"digest-of-digest",
     "签名的是 SignedInfo 的摘要，而签名函数又做了一次摘要；请把规范化的 SignedInfo 原文交给签名函数",
     "the digest of SignedInfo was signed as if it were the message, so it was digested twice; give the signing "
     "function the canonical SignedInfo itself"},
    {"signature-digest", "签名时用的摘要算法是 {}，与 SignatureMethod 所写不同；请使二者一致",
     "signed with the digest {}, not with that of SignatureMethod; make the two agree"},
    {"bare-digest", "RSA 签名值中没有 DigestInfo，只有摘要本身：应按 PKCS#1 v1.5 签名",
     "the RSA value holds the bare digest without a DigestInfo; sign by PKCS#1 v1.5"},
    {"der-value", "SM2 签名值是 DER 编码，换成 r‖s 则有效：海关要求 r 与 s 直接拼接，共 64 字节",
     "the SM2 value is in DER form and valid as r‖s: customs takes r and s side by side, 64 bytes"},
    {"raw-value", "SM2 签名值是 r‖s，换成 DER 编码则有效：此签名方式要求 DER",
     "the SM2 value is r‖s and valid in DER form, which this dialect takes"},
    {"swapped-halves", "SM2 签名值中 r 与 s 的次序颠倒，换过来则有效",
     "the SM2 value has s before r; it is valid the other way round"},
    {"little-endian-value", "签名值的字节次序颠倒（小端），倒过来则有效：应为大端",
     "the value's bytes are in the opposite order (little-endian) and valid when turned round; big-endian is wanted"},
    {"value-padding", "SM2 签名值中 r 和 s 的长度不是各 32 字节，补齐或去掉多余的零之后有效",
     "r and s do not have 32 bytes each in the SM2 value; it is valid once zeros are filled in or left out"},
    {"hex-value", "{} 写成了十六进制，换成 Base64 则相符", "{} is written in hexadecimal; it fits as Base64"},
    {"base64-of-hex", "{} 是十六进制文本的 Base64，应为字节本身的 Base64",
     "{} is the Base64 of hexadecimal text; the Base64 of the bytes themselves is wanted"},
    {"base64-twice", "{} 做了两次 Base64，应只做一次", "{} was put into Base64 twice; once is wanted"},
    // What stands beside.
    {"key-name", "KeyName 不是证书序列号{}", "KeyName is not the certificate's serial number{}"},
    {"wrong-algorithm", "算法标识不对：{}", "the algorithm URIs are not the right ones: {}"},
};

std::string filled(std::string text, const std::string& detail) {
  const auto at = text.find("{}");
  return at == std::string::npos ? text : text.replace(at, 2, detail);
}

}  // namespace

Cause cause_named(std::string_view name, const CauseDetail& detail) {
  const auto* found = std::ranges::find(words, name, &Words::name);
  if (found == std::end(words)) throw std::logic_error("no cause of this name");
  return {found->name, filled(found->zh, detail.zh), filled(found->en, detail.en)};
}

std::vector<std::string> cause_names() {
  std::vector<std::string> names;
  for (const Words& one : words) names.emplace_back(one.name);
  return names;
}

}  // namespace signing
