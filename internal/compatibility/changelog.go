// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// changelog is what CHANGELOG.md says of versions.
type changelog struct {
	// versions are the headings, the newest first.
	versions []version
}

// version is one heading with what is under it.
type version struct {
	number string
	// isReleased is false for the heading "(Unreleased)".
	isReleased bool
	// breaking are the lines under BREAKING CHANGES.
	breaking []string
}

var versionHeading = regexp.MustCompile(`^## (\d+\.\d+\.\d+\S*) \((.+)\)$`)

// readChangelog takes every list for one of BREAKING CHANGES until the next heading in capitals.
func readChangelog(text string) (changelog, error) {
	var log changelog
	isBreaking := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if heading := versionHeading.FindStringSubmatch(line); heading != nil {
			log.versions = append(log.versions, version{number: heading[1], isReleased: heading[2] != "Unreleased"})
			isBreaking = false
			continue
		}
		if isHeading := strings.HasSuffix(line, ":") && line == strings.ToUpper(line); isHeading {
			isBreaking = line == "BREAKING CHANGES:"
			continue
		}
		if isBreaking && strings.HasPrefix(line, "* ") && len(log.versions) > 0 {
			newest := &log.versions[len(log.versions)-1]
			newest.breaking = append(newest.breaking, strings.TrimPrefix(line, "* "))
		}
	}
	if len(log.versions) == 0 {
		return changelog{}, fmt.Errorf("the changelog has no heading of a version, such as %q", "## 0.1.0 (Unreleased)")
	}
	for _, one := range log.versions[1:] {
		if !one.isReleased {
			return changelog{}, fmt.Errorf("the changelog calls %s unreleased, and has a later version", one.number)
		}
	}
	return log, nil
}

// base is the version that a change is held against: the last release, and before the first one
// what is to be released.
func (l changelog) base() string {
	if newest := l.versions[0]; newest.isReleased || len(l.versions) == 1 {
		return newest.number
	}
	return l.versions[1].number
}

// recorded are the versions whose schema and states have to be kept.
func (l changelog) recorded() []string {
	numbers := []string{l.base()}
	for _, one := range l.versions {
		if one.isReleased && one.number != l.base() {
			numbers = append(numbers, one.number)
		}
	}
	return numbers
}

// find returns the version of a number.
func (l changelog) find(number string) (version, error) {
	at := slices.IndexFunc(l.versions, func(one version) bool { return one.number == number })
	if at < 0 {
		return version{}, fmt.Errorf("CHANGELOG.md has no version %q", number)
	}
	return l.versions[at], nil
}

// names reports whether what is not released yet names a breaking change: in a line that begins
// with the objects, an attribute in backquotes, or none for what has no name.
func (l changelog) names(object, attribute string) bool {
	if l.versions[0].isReleased {
		return false
	}
	return slices.ContainsFunc(l.versions[0].breaking, func(line string) bool {
		objects, says, _ := strings.Cut(line, ": ")
		return slices.Contains(strings.Split(objects, ", "), object) && (attribute == "" || strings.Contains(says, "`"+attribute+"`"))
	})
}
