# What ./check.sh --full adds; sourced by it, uses its step().
# shellcheck shell=sh disable=SC2154

CC=clang build_and_test clang --enable-warnings
build_and_test asan --enable-asan --enable-warnings
