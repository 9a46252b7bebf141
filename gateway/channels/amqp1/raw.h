// The C object behind one of Proton's C++ wrappers, for what the wrappers do not show: why a delivery was rejected,
// what the peer allows. On the connection's thread.
#pragma once

namespace gateway::channels::amqp1 {

template <class Wrapper>
auto* raw(const Wrapper& wrapper) {
  struct Opened : Wrapper {
    explicit Opened(const Wrapper& one) : Wrapper(one) {}
    auto* object() const { return this->pn_object(); }
  };
  return Opened(wrapper).object();
}

}  // namespace gateway::channels::amqp1
