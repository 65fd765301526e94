// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Home stands in for the user's home folder and CLI configuration while a CLI runs.
type Home struct {
	Dir        string // given to the CLI as HOME
	ConfigFile string // the CLI configuration file
	Mirror     string // the only place that providers are installed from
}

// NewHome creates a Home below the existing folder dir: an empty home folder, an empty provider
// mirror and a CLI configuration file that allows providers from the mirror and from nowhere else.
// The caller removes dir.
func NewHome(dir string) (Home, error) {
	home := Home{
		Dir:        filepath.Join(dir, "home"),
		ConfigFile: filepath.Join(dir, "cli.tfrc"),
		Mirror:     filepath.Join(dir, "mirror"),
	}
	for _, folder := range []string{home.Dir, home.Mirror} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return Home{}, fmt.Errorf("prepare a home folder for the CLI: %w", err)
		}
	}
	if err := os.WriteFile(home.ConfigFile, []byte(home.configuration()), 0o600); err != nil {
		return Home{}, fmt.Errorf("write the CLI configuration file: %w", err)
	}
	return home, nil
}

// configuration has no `direct` method, so that no provider can come from the network.
func (h Home) configuration() string {
	return `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path = ` + strconv.Quote(filepath.ToSlash(h.Mirror)) + `
  }
}
`
}

// Environment returns base, a list of NAME=value, made fit for a CLI run: without what steers
// Terraform, OpenTofu, their telemetry or the refold provider (TF_*, TOFU_*, OTEL_*, REFOLD_*,
// XDG_*), with home in the place of the user's own, and with the given further settings, which win.
func Environment(base []string, home Home, settings ...string) []string {
	own := []string{
		"HOME=" + home.Dir,
		"TF_CLI_CONFIG_FILE=" + home.ConfigFile,
		"CHECKPOINT_DISABLE=1",
	}
	own = slices.DeleteFunc(own, func(setting string) bool { return names(settings, variable(setting)) })
	kept := slices.DeleteFunc(slices.Clone(base), func(setting string) bool {
		name := variable(setting)
		return steersCLI(name) || names(own, name) || names(settings, name)
	})
	return slices.Concat(kept, own, settings)
}

// Isolate puts Environment in the place of this process's own environment, for test processes that
// leave it to terraform-plugin-testing to start the CLI. Go builds must be done before, or be given
// their caches: HOME changes.
func Isolate(home Home, settings ...string) error {
	environment := Environment(os.Environ(), home, settings...)
	os.Clearenv()
	for _, setting := range environment {
		name, value, _ := strings.Cut(setting, "=")
		if err := os.Setenv(name, value); err != nil {
			return fmt.Errorf("set environment variable %s: %w", name, err)
		}
	}
	return nil
}

func steersCLI(name string) bool {
	return slices.ContainsFunc([]string{"TF_", "TOFU_", "OTEL_", "REFOLD_", "XDG_"}, func(prefix string) bool {
		return strings.HasPrefix(strings.ToUpper(name), prefix)
	})
}

func names(settings []string, name string) bool {
	return slices.ContainsFunc(settings, func(setting string) bool { return variable(setting) == name })
}

func variable(setting string) string {
	name, _, _ := strings.Cut(setting, "=")
	return name
}
