// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
)

// runPicture takes the demo to the plan that shows drift, and writes what a terminal shows of that
// to a file, with its colours, for the picture of README.md.
func runPicture(ctx context.Context, file string) (err error) {
	stage, err := openStage(ctx, io.Discard, serving{address: anyPort}, "", "TF_INPUT=0")
	if err != nil {
		return fmt.Errorf("prepare the picture: %w", err)
	}
	defer func() { err = errors.Join(err, stage.Close()) }()
	for _, command := range [][]string{{"init"}, {"apply", "-auto-approve"}} {
		if err := stage.run(ctx, command...); err != nil {
			return err
		}
	}
	if err := changeBehindTerraform(ctx, stage); err != nil {
		return err
	}
	var shown bytes.Buffer
	stage.out = &shown
	if err := planShowsDrift(ctx, stage); err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(pictureOf(shown.String())), 0o644); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}

// pictureOf is what of a command and its output is in the picture: from the command to the plan's
// last line, without the lines about what is read, whose order changes, and the same on each day
// and with each CLI.
func pictureOf(output string) string {
	output = strings.NewReplacer("$ tofu ", "$ terraform ", "OpenTofu", "Terraform", "in-place (current -> planned)", "in-place").Replace(output)
	output = regexp.MustCompile(`\b[0-9a-f]{24}\b`).ReplaceAllString(output, "6a616f4d3c2b1a0987654321")
	output = regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:.]+Z`).ReplaceAllString(output, "2026-07-24T09:30:00.000Z")
	looked := regexp.MustCompile(`^[\w.]+(\[".*"\])?: (Refreshing|Reading|Read complete)`)
	var kept strings.Builder
	for line := range strings.Lines(output) {
		plain := withoutColours(line)
		if looked.MatchString(plain) || kept.Len() == 0 && strings.TrimSpace(plain) == "" {
			continue
		}
		kept.WriteString(strings.TrimRight(line, " \n") + "\n")
		if strings.HasPrefix(plain, "Plan: ") {
			break
		}
	}
	return kept.String()
}

func withoutColours(text string) string {
	return regexp.MustCompile(`\x1b\[[\d;]*m`).ReplaceAllString(text, "")
}
