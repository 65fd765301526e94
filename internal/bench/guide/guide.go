// SPDX-License-Identifier: MPL-2.0

// Package guide writes what make bench has measured into the guide about many accounts: a table
// between two marks, and a chart beside it.
package guide

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// file is the template of the guide, below the root of the repository, and images the folder of
// its charts.
const (
	file   = "templates/guides/managing-thousands-of-accounts.md.tmpl"
	images = "templates/images"
)

// Part is what one benchmark has in the guide.
type Part struct {
	// name is in the marks between which the table stands.
	name string
	// image is the file of the chart.
	image string
}

// Scale is the part about thousands of accounts.
func Scale() Part { return Part{"scale", "managing-thousands-of-accounts.svg"} }

// Customer is the part about all that customers own.
func Customer() Part { return Part{"customer", "requests-for-customers.svg"} }

// begin and end are the lines between which the figures stand. The generator of the documentation
// drops them.
func (p Part) begin() string {
	return fmt.Sprintf("{{/* make bench writes the figures of its part %s from here */}}\n", p.name)
}

func (p Part) end() string { return fmt.Sprintf("{{/* to here: %s */}}\n", p.name) }

// Publish writes the figures, which are Markdown, and the chart, and returns the files that it
// wrote, below the root. The documentation has to be generated afterwards.
func (p Part) Publish(root, figures string, chart Chart) (wrote []string, err error) {
	guide := filepath.Join(root, filepath.FromSlash(file))
	text, err := os.ReadFile(guide)
	if err != nil {
		return nil, fmt.Errorf("read the guide: %w", err)
	}
	renewed, err := p.replace(string(text), figures)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := os.WriteFile(guide, []byte(renewed), 0o644); err != nil {
		return nil, fmt.Errorf("write the guide: %w", err)
	}
	folder := filepath.Join(root, filepath.FromSlash(images))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder of images: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, p.image), []byte(chart.svg()), 0o644); err != nil {
		return nil, fmt.Errorf("write the chart: %w", err)
	}
	return []string{file, path.Join(images, p.image)}, nil
}

func (p Part) replace(guide, figures string) (string, error) {
	before, rest, begins := strings.Cut(guide, p.begin())
	_, after, ends := strings.Cut(rest, p.end())
	if !begins || !ends {
		return "", fmt.Errorf("there are no lines %q and %q", strings.TrimSpace(p.begin()), strings.TrimSpace(p.end()))
	}
	return before + p.begin() + figures + p.end() + after, nil
}
