// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeGo puts a `go` on the PATH that, as `go build -o FILE`, writes a CLI which calls itself
// OpenTofu of the given version.
func fakeGo(t *testing.T, bin, version string) {
	t.Helper()
	writeScript(t, filepath.Join(bin, "go"), `
echo "$@" >>"`+filepath.Join(bin, "calls")+`"
echo "GOFLAGS=$GOFLAGS GOWORK=$GOWORK" >>"`+filepath.Join(bin, "calls")+`"
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\necho OpenTofu v`+version+`\n' >"$2"
/bin/chmod +x "$2"`)
}

func TestEnsureBuildsOnce(t *testing.T) {
	bin := onlyPath(t)
	root := fakeRepository(t, "1.12.6")
	fakeGo(t, bin, "1.12.6")
	t.Setenv("GOFLAGS", "-mod=vendor")
	var out strings.Builder

	found, err := Ensure(t.Context(), &out)
	if err != nil {
		t.Fatal(err)
	}
	if found.Path != builtPath(root) || found.Product != OpenTofu || found.Version != "1.12.6" {
		t.Errorf("built %+v", found)
	}
	if !strings.Contains(out.String(), "OpenTofu 1.12.6") || !strings.Contains(out.String(), "five minutes") {
		t.Errorf("it does not say what takes so long: %q", out.String())
	}
	calls := readFile(t, filepath.Join(bin, "calls"))
	if !strings.Contains(calls, "GOFLAGS=-buildvcs=false GOWORK=off") {
		t.Errorf("the user's Go settings reached the build: %s", calls)
	}

	out.Reset()
	if _, err := Ensure(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if again := readFile(t, filepath.Join(bin, "calls")); again != calls || out.Len() > 0 {
		t.Errorf("it was built again: %s%s", again, out.String())
	}
	entries, err := os.ReadDir(filepath.Join(root, ".tools"))
	if err != nil || len(entries) != 1 {
		t.Errorf(".tools holds %v (%v), want tofu alone", entries, err)
	}
}

func TestEnsureRebuildsWhenThePinMoves(t *testing.T) {
	bin := onlyPath(t)
	root := fakeRepository(t, "1.12.7")
	fakeGo(t, bin, "1.12.7")
	fakeCLI(t, builtPath(root), "OpenTofu", "1.12.6")
	var out strings.Builder

	if found, err := Find(t.Context()); !errors.Is(err, ErrNotFound) {
		t.Fatalf("Find took %+v (%v), which is not the pinned version", found, err)
	}
	found, err := Ensure(t.Context(), &out)
	if err != nil || found.Version != "1.12.7" {
		t.Fatalf("built %+v, %v", found, err)
	}
	if !strings.Contains(out.String(), "not the pinned version 1.12.7") {
		t.Errorf("it does not say why it builds again: %q", out.String())
	}
}

func TestFailedBuildLeavesWhatWasThere(t *testing.T) {
	bin := onlyPath(t)
	root := fakeRepository(t, "1.12.7")
	fakeCLI(t, builtPath(root), "OpenTofu", "1.12.6")
	writeScript(t, filepath.Join(bin, "go"), "echo 'dial tcp: no route to host' >&2; exit 1")
	before := readFile(t, builtPath(root))
	var out strings.Builder

	_, err := Build(t.Context(), &out)
	if err == nil || !strings.Contains(err.Error(), "build OpenTofu 1.12.7") || !strings.Contains(out.String(), "no route to host") {
		t.Fatalf("error %v, output %q", err, out.String())
	}
	if readFile(t, builtPath(root)) != before {
		t.Error("a failed build changed the OpenTofu that was there")
	}
	if entries, _ := os.ReadDir(filepath.Join(root, ".tools")); len(entries) != 1 {
		t.Errorf(".tools holds %v, want tofu alone", entries)
	}
}

func TestBuildOutsideOfTheRepository(t *testing.T) {
	onlyPath(t)
	t.Chdir(t.TempDir())
	if _, err := Ensure(t.Context(), new(strings.Builder)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("error %v, want one that says that there is no repository", err)
	}
}

// The version that is pinned must be found in the real go.mod, and its replacement must still
// apply.
func TestPinnedVersionOfThisRepository(t *testing.T) {
	root, err := RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	pinned, err := pinnedVersion(root)
	if err != nil || !strings.HasPrefix(pinned, "1.") {
		t.Fatalf("pinned %q, %v", pinned, err)
	}
	goMod := readFile(t, filepath.Join(root, openTofuModule, "go.mod"))
	_, replaced, found := strings.Cut(goMod, "replace ")
	replaced, _, _ = strings.Cut(replaced, " =>")
	if !found || !strings.Contains(goMod, "\t"+replaced+" // indirect") {
		t.Errorf("the replacement of %q does not meet the required version", replaced)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
