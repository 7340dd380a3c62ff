{
  "target_defaults": {
    "include_dirs": ["native"],
    "cflags_cc": ["-std=c++20", "-O2", "-Wall", "-Wextra", "-fvisibility=hidden"],
    "cflags_cc!": ["-std=gnu++17", "-std=gnu++20", "-fno-rtti", "-fno-exceptions", "-O3"],
    "libraries": ["-pthread"]
  },
  "targets": [
    {
      "target_name": "core",
      "type": "static_library",
      "sources": ["<!@(node scripts/sources.mjs core)"],
      "cflags_cc": ["-fPIC"]
    },
    {
      "target_name": "c10k",
      "sources": ["<!@(node scripts/sources.mjs addon)"],
      "dependencies": ["core", "<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except"],
      "defines": ["NAPI_VERSION=8"]
    },
    {
      "target_name": "c10k-fork",
      "type": "executable",
      "sources": ["<!@(node scripts/sources.mjs fork)"],
      "dependencies": ["core"]
    }
  ]
}
