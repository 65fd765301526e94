// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// modulePath is the provider's module.
const modulePath = "github.com/gocobalt/terraform-provider-refold"

// checkBinary returns what a binary says about its own build, if that is as it has to be.
func (r release) checkBinary(p platform, content []byte) (*debug.BuildInfo, error) {
	machine, err := machineOf(p.os, content)
	if err != nil {
		return nil, fmt.Errorf("the binary is none of %s: %w", p.os, err)
	}
	if want := machines()[p]; machine != want {
		return nil, fmt.Errorf("the binary is of the machine %s, and has to be of %s", machine, want)
	}
	built, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("the binary does not say how it was built: %w", err)
	}
	if built.Main.Path != modulePath {
		return nil, fmt.Errorf("the binary is of the module %q, and has to be of %s", built.Main.Path, modulePath)
	}
	return built, r.checkBuild(p, built)
}

// checkBuild looks at the settings of the build. Only with the tag does the Go command give the
// main module the tag as its version, and one that ends in +dirty if the working tree was another.
func (r release) checkBuild(p platform, built *debug.BuildInfo) error {
	have := map[string]string{}
	for _, setting := range built.Settings {
		have[setting.Key] = setting.Value
	}
	var errs []error
	for _, want := range []debug.BuildSetting{
		{Key: "GOOS", Value: p.os},
		{Key: "GOARCH", Value: p.arch},
		{Key: "CGO_ENABLED", Value: "0"},
		{Key: "-trimpath", Value: "true"},
	} {
		if have[want.Key] != want.Value {
			errs = append(errs, fmt.Errorf("the binary was built with %s=%s, and has to be with %s", want.Key, have[want.Key], want.Value))
		}
	}
	if r.isTagged && built.Main.Version != "v"+r.version {
		errs = append(errs, fmt.Errorf("the binary was built from %s, and has to be from the tag v%s and nothing else", built.Main.Version, r.version))
	}
	return errors.Join(errs...)
}

// checkStamp runs the binary of this machine: no file tells which version the linker gave it.
func (r release) checkStamp(ctx context.Context, p platform, content []byte) (err error) {
	scratch, err := os.MkdirTemp("", "refold-release-")
	if err != nil {
		return fmt.Errorf("create a folder for the binary: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	binary := filepath.Join(scratch, r.binary(p))
	if err := os.WriteFile(binary, content, 0o700); err != nil {
		return fmt.Errorf("unpack the binary: %w", err)
	}
	output, err := exec.CommandContext(ctx, binary, "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("the binary does not say its version: %w: %s", err, output)
	}
	if stamped := strings.TrimSpace(string(output)); stamped != r.version {
		return fmt.Errorf("the binary calls itself version %q, and has to call itself %q", stamped, r.version)
	}
	return nil
}

// machines are what the header of an executable says for each platform that this package knows.
func machines() map[platform]string {
	return map[platform]string{
		{"linux", "amd64"}:   elf.EM_X86_64.String(),
		{"linux", "arm64"}:   elf.EM_AARCH64.String(),
		{"linux", "386"}:     elf.EM_386.String(),
		{"linux", "arm"}:     elf.EM_ARM.String(),
		{"linux", "s390x"}:   elf.EM_S390.String(),
		{"freebsd", "amd64"}: elf.EM_X86_64.String(),
		{"freebsd", "arm64"}: elf.EM_AARCH64.String(),
		{"freebsd", "386"}:   elf.EM_386.String(),
		{"freebsd", "arm"}:   elf.EM_ARM.String(),
		{"darwin", "amd64"}:  macho.CpuAmd64.String(),
		{"darwin", "arm64"}:  macho.CpuArm64.String(),
		{"windows", "amd64"}: fmt.Sprintf("%#x", pe.IMAGE_FILE_MACHINE_AMD64),
		{"windows", "arm64"}: fmt.Sprintf("%#x", pe.IMAGE_FILE_MACHINE_ARM64),
		{"windows", "386"}:   fmt.Sprintf("%#x", pe.IMAGE_FILE_MACHINE_I386),
	}
}

// machineOf reads the header of an executable of the operating system.
func machineOf(system string, content []byte) (string, error) {
	reader := bytes.NewReader(content)
	switch system {
	case "darwin":
		file, err := macho.NewFile(reader)
		if err != nil {
			return "", err
		}
		return file.Cpu.String(), nil
	case "windows":
		file, err := pe.NewFile(reader)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%#x", file.Machine), nil
	}
	file, err := elf.NewFile(reader)
	if err != nil {
		return "", err
	}
	return file.Machine.String(), nil
}
