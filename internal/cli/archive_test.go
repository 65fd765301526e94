// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"archive/zip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The CLI unpacks the archive itself, and takes its checksum for the recorded one.
func TestArchiveWorkspace(t *testing.T) {
	found := realCLI(t)
	source, archive := t.TempDir(), filepath.Join(t.TempDir(), "terraform-provider-refold_1.2.3_"+runtime.GOOS+"_"+runtime.GOARCH+".zip")
	writeFile(t, filepath.Join(source, "main.tf"), providerRequirement)
	writeArchive(t, archive, "terraform-provider-refold_v1.2.3")
	workspace, err := NewArchiveWorkspace(found, archive, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workspace.Close() }()
	output, err := workspace.Output(t.Context(), "init", "-no-color", "-input=false")
	if err != nil {
		t.Fatal(output, err)
	}
	if strings.Contains(output, "Warning") || !strings.Contains(output, "Installed "+ProviderSource+" v1.2.3") {
		t.Errorf("init printed:\n%s", output)
	}
}

func TestArchiveOfAnotherName(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "provider.zip")
	writeArchive(t, archive, "provider")
	if _, err := NewArchiveWorkspace(CLI{Product: Terraform}, archive, ""); err == nil || !strings.Contains(err.Error(), "VERSION_OS_ARCH.zip") {
		t.Errorf("error %v, want one that says how archives are called", err)
	}
}

func writeArchive(t *testing.T, path, binary string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	header := &zip.FileHeader{Name: binary}
	header.SetMode(0o755)
	content, err := archive.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := content.Write([]byte("#!/bin/sh\n")); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
