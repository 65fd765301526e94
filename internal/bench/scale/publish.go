// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// What Publish writes, below the repository.
const (
	guideFile = "templates/guides/managing-thousands-of-accounts.md.tmpl"
	chartFile = "templates/images/managing-thousands-of-accounts.svg"
)

// The lines of the guide between which the figures stand. The generator of the documentation drops
// them.
const (
	figuresBegin = "{{/* make bench writes from here */}}\n"
	figuresEnd   = "{{/* to here */}}\n"
)

// Publish writes the table into the template of the guide, and the chart beside it. The
// documentation has to be generated afterwards.
func (r Report) Publish(root string) error {
	guide := filepath.Join(root, filepath.FromSlash(guideFile))
	text, err := os.ReadFile(guide)
	if err != nil {
		return fmt.Errorf("read the guide: %w", err)
	}
	renewed, err := replaceFigures(string(text), r.guideFigures())
	if err != nil {
		return fmt.Errorf("%s: %w", guideFile, err)
	}
	if err := os.WriteFile(guide, []byte(renewed), 0o644); err != nil {
		return fmt.Errorf("write the guide: %w", err)
	}
	chart := filepath.Join(root, filepath.FromSlash(chartFile))
	if err := os.MkdirAll(filepath.Dir(chart), 0o755); err != nil {
		return fmt.Errorf("make the folder of images: %w", err)
	}
	if err := os.WriteFile(chart, []byte(r.chart()), 0o644); err != nil {
		return fmt.Errorf("write the chart: %w", err)
	}
	return nil
}

func (r Report) guideFigures() string {
	return fmt.Sprintf("Measured with %s %s, %s.\n\n%s", productName(r.cli), r.cli.Version, Machine(), r.guideTable())
}

func replaceFigures(guide, figures string) (string, error) {
	before, rest, begins := strings.Cut(guide, figuresBegin)
	_, after, ends := strings.Cut(rest, figuresEnd)
	if !begins || !ends {
		return "", fmt.Errorf("there are no lines %q and %q", strings.TrimSpace(figuresBegin), strings.TrimSpace(figuresEnd))
	}
	return before + figuresBegin + figures + figuresEnd + after, nil
}

func productName(found cli.CLI) string {
	if found.Product == cli.OpenTofu {
		return "OpenTofu"
	}
	return "Terraform"
}
