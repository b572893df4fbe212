"""The commands of `selaras`, one module a family: parse, call, print."""
