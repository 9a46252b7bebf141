#include "tools/cebgate/doctor/steps.h"

namespace tools::cebgate::doctor {

int number(Step step) { return static_cast<int>(step); }

Words name(Step step) {
  switch (step) {
    case Step::settings:
      return {"设置", "Settings"};
    case Step::registration:
      return {"企业注册登记", "Registration of the enterprise"};
    case Step::filing:
      return {"跨境电商企业备案", "Filing for cross-border e-commerce"};
    case Step::key:
      return {"电子口岸卡或密钥", "E-Port card or key"};
    case Step::dxp_id:
      return {"数据交换编号（DXPID）", "DXPID"};
    case Step::channel:
      return {"平台账号和通道", "Platform account and channel"};
    case Step::development:
      return {"接口开发", "Interface development"};
    case Step::joint_debugging:
      return {"接口联调测试", "Joint debugging"};
  }
  return {};
}

Words office(Step step) {
  switch (step) {
    case Step::registration:
    case Step::filing:
      return {"企业所在地海关", "the customs office where the enterprise is registered"};
    case Step::key:
    case Step::dxp_id:
      return {"电子口岸数据中心", "the E-Port data centre"};
    case Step::channel:
      return {"公共服务平台的推广中心", "the promotion centre of the public service platform"};
    case Step::joint_debugging:
      return {"申报地海关和公共服务平台的推广中心",
              "the customs office declared to, and the promotion centre of the public service platform"};
    case Step::settings:
    case Step::development:
      break;
  }
  return own_administrators();
}

Words own_administrators() { return {"本企业的系统管理员", "the enterprise's own administrators"}; }

Words whom(const Finding& finding, Step step) { return finding.ask.is_empty() ? office(step) : finding.ask; }

}  // namespace tools::cebgate::doctor
