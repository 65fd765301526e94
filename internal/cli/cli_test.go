// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindKeepsTheOrder(t *testing.T) {
	type candidate struct{ product, version string }
	tests := map[string]struct {
		named, terraform, tofu, built *candidate
		want                          string // the candidate taken, and its name on the command line
		wantName                      string
	}{
		"named before all": {
			named: &candidate{"OpenTofu", "1.12.1"}, terraform: &candidate{"Terraform", "1.14.0"},
			tofu: &candidate{"OpenTofu", "1.12.2"}, built: &candidate{"OpenTofu", "1.12.6"},
			want: "named", wantName: "tofu",
		},
		"named may be old": {
			named: &candidate{"Terraform", "1.8.0"}, terraform: &candidate{"Terraform", "1.14.0"},
			want: "named", wantName: "terraform",
		},
		"terraform before tofu": {
			terraform: &candidate{"Terraform", "1.14.0"}, tofu: &candidate{"OpenTofu", "1.12.2"}, built: &candidate{"OpenTofu", "1.12.6"},
			want: "terraform", wantName: "terraform",
		},
		"tofu under the name terraform": {
			terraform: &candidate{"OpenTofu", "1.12.2"},
			want:      "terraform", wantName: "tofu",
		},
		"tofu before the built one": {
			tofu: &candidate{"OpenTofu", "1.12.2"}, built: &candidate{"OpenTofu", "1.12.6"},
			want: "tofu", wantName: "tofu",
		},
		"the built one": {
			built: &candidate{"OpenTofu", "1.12.6"},
			want:  "built", wantName: "tofu",
		},
		"an old terraform is passed over": {
			terraform: &candidate{"Terraform", "1.10.5"}, built: &candidate{"OpenTofu", "1.12.6"},
			want: "built", wantName: "tofu",
		},
		"a prerelease of the oldest version is recent enough": {
			terraform: &candidate{"Terraform", "1.11.0-rc1"}, tofu: &candidate{"OpenTofu", "1.12.2"},
			want: "terraform", wantName: "terraform",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			bin := onlyPath(t)
			root := fakeRepository(t, "1.12.6")
			paths := map[string]string{
				"named":     filepath.Join(t.TempDir(), "anything"),
				"terraform": filepath.Join(bin, "terraform"),
				"tofu":      filepath.Join(bin, "tofu"),
				"built":     builtPath(root),
			}
			for at, present := range map[string]*candidate{"named": test.named, "terraform": test.terraform, "tofu": test.tofu, "built": test.built} {
				if present != nil {
					fakeCLI(t, paths[at], present.product, present.version)
				}
			}
			if test.named != nil {
				t.Setenv(PathVariable, paths["named"])
			}
			found, err := Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if found.Path != paths[test.want] || found.Name() != test.wantName {
				t.Errorf("found %+v, want %s as %s", found, paths[test.want], test.wantName)
			}
		})
	}
}

func TestFindSaysWhatToDo(t *testing.T) {
	bin := onlyPath(t)
	fakeRepository(t, "1.12.6")

	_, err := Find(t.Context())
	if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "make cli") {
		t.Fatalf("without any CLI: %v", err)
	}

	fakeCLI(t, filepath.Join(bin, "terraform"), "Terraform", "1.5.7")
	writeScript(t, filepath.Join(bin, "tofu"), "echo 'no version is set for tofu' >&2; exit 3")
	_, err = Find(t.Context())
	if !errors.Is(err, ErrNotFound) {
		t.Fatalf("error %v, want ErrNotFound", err)
	}
	for _, reason := range []string{"Terraform 1.5.7", "older than 1.11.0", "no version is set for tofu"} {
		if !strings.Contains(err.Error(), reason) {
			t.Errorf("the error does not say %q: %v", reason, err)
		}
	}
}

func TestFindDoesNotReplaceTheNamedCLI(t *testing.T) {
	bin := onlyPath(t)
	fakeRepository(t, "1.12.6")
	fakeCLI(t, filepath.Join(bin, "terraform"), "Terraform", "1.14.0")
	for name, script := range map[string]string{
		"missing":       "",
		"another tool":  "echo kubectl v1.30.0",
		"fails":         "exit 1",
		"says it later": "echo 'not Terraform v1.11.4, really'",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "named")
			if script != "" {
				writeScript(t, path, script)
			}
			t.Setenv(PathVariable, path)
			found, err := Find(t.Context())
			if err == nil || errors.Is(err, ErrNotFound) {
				t.Fatalf("found %+v, error %v, want an error about the named CLI", found, err)
			}
			if !strings.Contains(err.Error(), PathVariable) || !strings.Contains(err.Error(), path) {
				t.Errorf("the error names neither the variable nor the path: %v", err)
			}
		})
	}
}

func TestFindAsksAwayFromTheUsersConfiguration(t *testing.T) {
	bin := onlyPath(t)
	fakeRepository(t, "1.12.6")
	users := t.TempDir()
	t.Setenv("HOME", users)
	t.Setenv("TF_CLI_CONFIG_FILE", filepath.Join(users, "missing"))
	t.Setenv("TF_CLI_ARGS", "-json")
	writeScript(t, filepath.Join(bin, "terraform"), `
[ -f "$TF_CLI_CONFIG_FILE" ] || { echo "no configuration file" >&2; exit 1; }
[ -z "$TF_CLI_ARGS" ] || { echo "TF_CLI_ARGS is set" >&2; exit 1; }
[ "$HOME" != "`+users+`" ] || { echo "runs in the user's home" >&2; exit 1; }
echo 'Terraform v1.14.0'`)
	if _, err := Find(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestFindEndsWithTheContext(t *testing.T) {
	bin := onlyPath(t)
	fakeRepository(t, "1.12.6")
	fakeCLI(t, filepath.Join(bin, "terraform"), "Terraform", "1.14.0")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrNotFound) {
		t.Fatalf("error %v, want the context's", err)
	}
}

func TestRegistryHost(t *testing.T) {
	for product, want := range map[Product]string{Terraform: "registry.terraform.io", OpenTofu: "registry.opentofu.org"} {
		if got := product.RegistryHost(); got != want {
			t.Errorf("%s: %s, want %s", product, got, want)
		}
	}
}
