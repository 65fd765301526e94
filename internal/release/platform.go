// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// configurationFile is that of goreleaser, at the root of the repository.
const configurationFile = ".goreleaser.yml"

// platform is one that the provider is built for, in Go's words.
type platform struct{ os, arch string }

// String is what archives and mirrors call the platform: linux_amd64.
func (p platform) String() string { return p.os + "_" + p.arch }

func thisMachine() platform { return platform{runtime.GOOS, runtime.GOARCH} }

// targetLine matches a line of the list of targets in the configuration of goreleaser.
var targetLine = regexp.MustCompile(`(?m)^ +- ([a-z]+)_([a-z0-9]+)\n`)

// configuredPlatforms are those that the configuration of goreleaser lists.
func configuredPlatforms(configuration string) []platform {
	var platforms []platform
	for _, match := range targetLine.FindAllStringSubmatch(configuration, -1) {
		platforms = append(platforms, platform{match[1], match[2]})
	}
	return platforms
}

// narrow is the configuration of goreleaser with some of its platforms only.
func narrow(configuration string, platforms ...platform) (string, error) {
	configured := configuredPlatforms(configuration)
	for _, one := range platforms {
		if !slices.Contains(configured, one) {
			return "", fmt.Errorf("%s does not build for %s", configurationFile, one)
		}
	}
	return targetLine.ReplaceAllStringFunc(configuration, func(line string) string {
		target := strings.TrimPrefix(strings.TrimSpace(line), "- ")
		if slices.ContainsFunc(platforms, func(one platform) bool { return one.String() == target }) {
			return line
		}
		return ""
	}), nil
}
