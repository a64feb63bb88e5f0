// Bounds the whole of a request over HTTP, where the library bounds each read of it.
#pragma once

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tools {

// Ends what a client is doing once the time is over, also where the server drips byte by byte.
class Watch {
 public:
  Watch(httplib::Client& client, std::chrono::seconds whole)
      : thread_([this, &client, whole] {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_for(lock, whole, [&] { return done_; })) client.stop();
        }) {}
  ~Watch() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace tools
