// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"os"
	"slices"
	"testing"
)

func TestEnvironment(t *testing.T) {
	home := Home{Dir: "/ours/home", ConfigFile: "/ours/cli.tfrc", Mirror: "/ours/mirror"}
	base := []string{
		"PATH=/bin", "HOME=/users/home", "LANG=C",
		"TF_CLI_CONFIG_FILE=/users/.terraformrc", "TF_PLUGIN_CACHE_DIR=/users/cache", "TF_LOG=TRACE", "TF_VAR_x=1", "TF_CLI_ARGS_plan=-destroy",
		"TF_WORKSPACE=prod", "tf_data_dir=x", "TOFU_CPU_PROFILE=x", "OTEL_TRACES_EXPORTER=otlp",
		"REFOLD_API_KEY=pk-live", "REFOLD_BASE_URL=https://app.refold.ai", "XDG_DATA_HOME=/users/share",
		"CHECKPOINT_DISABLE=", "NOT_TF_LOG=kept", "HTTPS_PROXY=http://proxy.example",
	}
	before := slices.Clone(base)
	got := Environment(base, home, "REFOLD_API_KEY=ours", "LANG=en_US.UTF-8")
	want := []string{
		"PATH=/bin", "NOT_TF_LOG=kept", "HTTPS_PROXY=http://proxy.example",
		"HOME=/ours/home", "TF_CLI_CONFIG_FILE=/ours/cli.tfrc", "CHECKPOINT_DISABLE=1",
		"REFOLD_API_KEY=ours", "LANG=en_US.UTF-8",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !slices.Equal(base, before) {
		t.Errorf("the caller's list was changed: %q", base)
	}
}

func TestEnvironmentSettingsWinOverOurs(t *testing.T) {
	got := Environment([]string{"HOME=/users/home"}, Home{Dir: "/ours/home"}, "HOME=/another")
	if slices.Contains(got, "HOME=/ours/home") || slices.Contains(got, "HOME=/users/home") || !slices.Contains(got, "HOME=/another") {
		t.Errorf("got %q", got)
	}
}

func TestIsolate(t *testing.T) {
	for _, setting := range os.Environ() { // registers the restoration of what Isolate clears
		t.Setenv(variable(setting), os.Getenv(variable(setting)))
	}
	for _, name := range []string{"TF_ACC", "TF_CLI_CONFIG_FILE", "CHECKPOINT_DISABLE"} {
		t.Setenv(name, "")
	}
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv("REFOLD_API_KEY", "pk-live")
	t.Setenv("KEPT", "1")
	home, err := NewHome(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := Isolate(home, "TF_ACC=1"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"TF_LOG": "", "REFOLD_API_KEY": "", "KEPT": "1", "TF_ACC": "1", "HOME": home.Dir, "TF_CLI_CONFIG_FILE": home.ConfigFile} {
		if got := os.Getenv(name); got != want {
			t.Errorf("%s=%q, want %q", name, got, want)
		}
	}
}
