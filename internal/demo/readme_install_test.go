// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What README.md says of installing the provider without a registry is followed with an archive
// that holds the provider as it is.
func TestInstallWithoutARegistry(t *testing.T) {
	q := newFollower(t)
	q.archive("0.1.0")
	q.read("README.md", "Without a registry")
	q.run(fmt.Sprintf("export REFOLD_BASE_URL=%s REFOLD_API_KEY=%s\n", q.refold.url, mockapi.TestKey))
	isInstalled := false
	for _, block := range q.blocks {
		if strings.Contains(block.text, "terraform init") {
			block.text = "cd examples/quickstart\n" + block.text
			isInstalled = true
		}
		q.run(strings.ReplaceAll(block.text, cli.Terraform.RegistryHost(), q.found.Product.RegistryHost()))
	}
	if q.err != nil || !isInstalled || !strings.Contains(q.output, "1 to add, 0 to change, 0 to destroy") {
		t.Errorf("%v\n%s", q.err, q.output)
	}
	q.run(fmt.Sprintf("terraform providers lock -fs-mirror=../../mirror -platform=%s_%s gocobalt/refold\n", runtime.GOOS, runtime.GOARCH))
	if q.err != nil {
		t.Errorf("%v\n%s", q.err, q.output)
	}
}

// archive puts where make release-check leaves it what a release of this machine holds.
func (q *follower) archive(version string) {
	q.Helper()
	folder := filepath.Join(q.clone, "dist", "release")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		q.Fatal(err)
	}
	packed := q.TempDir()
	command := exec.CommandContext(q.Context(), "go", "build", "-o", filepath.Join(packed, "terraform-provider-refold_v"+version), ".")
	command.Dir = q.root
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
	if output, err := command.CombinedOutput(); err != nil {
		q.Fatalf("build the provider: %v\n%s", err, output)
	}
	file, err := os.Create(filepath.Join(folder, fmt.Sprintf("terraform-provider-refold_%s_%s_%s.zip", version, runtime.GOOS, runtime.GOARCH)))
	if err != nil {
		q.Fatal(err)
	}
	archive := zip.NewWriter(file)
	if err := errors.Join(archive.AddFS(os.DirFS(packed)), archive.Close(), file.Close()); err != nil {
		q.Fatal(err)
	}
}

// The example of the module is followed at the sandbox, and cleaned up.
func TestModuleExampleAtTheSandbox(t *testing.T) {
	const page = "examples/modules/linked-accounts/examples/complete/README.md"
	q := newFollower(t)
	q.wantSandbox(q.read(page, "At the sandbox"))
	if !q.found.CanWriteOnly() {
		return // The module needs a later one, which TestModule of the provider says.
	}
	for _, block := range q.blocks {
		q.run(block.text)
	}
	if q.err != nil {
		t.Fatalf("%v\n%s", q.err, q.output)
	}
	if have := q.refold.Accounts(mockapi.EnvironmentTest); len(have) != 3 {
		t.Errorf("%d accounts were made, and not 3", len(have))
	}
	q.read(page, "Cleaning up")
	for _, block := range q.blocks {
		if block.changes != nil {
			// What has to be applied first is refused without it.
			q.run("terraform destroy\n")
			if q.err == nil {
				t.Fatalf("accounts under PREVENT were deleted:\n%s", q.output)
			}
			q.err = nil
			q.edit(block.changes[1], block.changes[2])
			continue
		}
		q.run(block.text)
	}
	if left := q.refold.Accounts(mockapi.EnvironmentTest); q.err != nil || len(left) > 0 {
		t.Errorf("%v, and %d accounts are left:\n%s", q.err, len(left), q.output)
	}
}
