// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"strings"
)

const changelogFile = "CHANGELOG.md"

// chapter is what CHANGELOG.md says about one version.
type chapter struct {
	version string // without the leading v
	date    string // "Unreleased" before the release
	text    string
}

var chapterHeading = regexp.MustCompile(`(?m)^## (\d+\.\d+\.\d+\S*) \((.+)\)\n`)

// chapters are in the order of the file: the newest comes first.
func chapters(changelog string) []chapter {
	var found []chapter
	places := chapterHeading.FindAllStringSubmatchIndex(changelog, -1)
	for i, place := range places {
		end := len(changelog)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		found = append(found, chapter{
			version: changelog[place[2]:place[3]],
			date:    changelog[place[4]:place[5]],
			text:    strings.TrimSpace(changelog[place[1]:end]) + "\n",
		})
	}
	return found
}

// newest is the chapter about what comes next, or came last.
func newest(changelog string) (chapter, error) {
	all := chapters(changelog)
	if len(all) == 0 {
		return chapter{}, fmt.Errorf("%s has no heading `## VERSION (DATE)`", changelogFile)
	}
	return all[0], nil
}

// notes are the release notes of the version that the changelog begins with.
func (c chapter) notes() (string, error) {
	switch {
	case c.date == "Unreleased":
		return "", fmt.Errorf("%s calls version %s unreleased: commit its date, and tag that commit", changelogFile, c.version)
	case c.text == "\n":
		return "", fmt.Errorf("%s says nothing about version %s", changelogFile, c.version)
	}
	return c.text, nil
}
