// The answer of a channel, or `unknown` once its time is over or if it fails. Channels keep a deadline of their own;
// this one is for a channel that does not come back: its call is left to itself, its late answer is not heard. Runs on
// the I/O thread; the channel outlives the I/O.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>

#include "gateway/channels/channel.h"

namespace gateway::dispatch {

boost::asio::awaitable<channels::Answer> answer_within(std::chrono::milliseconds longest, channels::Channel& channel,
                                                       channels::Outgoing message);

}  // namespace gateway::dispatch
