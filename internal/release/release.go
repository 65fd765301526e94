// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
)

// project is what every name of a release begins with.
const project = "terraform-provider-refold"

// release is a folder with the files of one version, and what they have to be.
type release struct {
	folder    string
	version   string // without the leading v
	platforms []platform
	// keys are those that the signature may be by. Without any, there is no signature.
	keys openpgp.EntityList
	// isTagged tells what is to be published, which is built from its tag, from a snapshot.
	isTagged bool
}

func (r release) archive(p platform) string { return r.name(p.String() + ".zip") }
func (r release) sbom(p platform) string    { return r.name(p.String() + ".cdx.json") }
func (r release) manifest() string          { return r.name("manifest.json") }
func (r release) sums() string              { return r.name("SHA256SUMS") }
func (r release) signature() string         { return r.sums() + ".sig" }
func (r release) binary(p platform) string {
	name := project + "_v" + r.version
	if p.os == "windows" {
		name += ".exe"
	}
	return name
}

func (r release) name(ending string) string { return project + "_" + r.version + "_" + ending }
func (r release) path(name string) string   { return filepath.Join(r.folder, name) }
func (r release) isSigned() bool            { return len(r.keys) > 0 }

// check holds the folder against all rules. The error has a line for each mistake, which begins
// with the file that has it.
func (r release) check(ctx context.Context) error {
	if err := r.checkFiles(); err != nil {
		return err
	}
	errs := []error{r.checkManifest(), r.checkSums()}
	if r.isSigned() {
		errs = append(errs, about(r.signature(), r.checkSignature()))
	}
	for _, one := range r.platforms {
		errs = append(errs, r.checkPlatform(ctx, one))
	}
	return errors.Join(errs...)
}

// checkFiles compares what is in the folder with what a release consists of. Other rules read what
// is there.
func (r release) checkFiles() error {
	entries, err := os.ReadDir(r.folder)
	if err != nil {
		return fmt.Errorf("read the release: %w", err)
	}
	wanted, stray := r.files(), []error(nil)
	for _, entry := range entries {
		name := entry.Name()
		if _, ok := wanted[name]; !ok || !entry.Type().IsRegular() {
			stray = append(stray, fmt.Errorf("%s: is no file of this release", name))
			continue
		}
		delete(wanted, name)
	}
	var missing []error
	for name, reason := range wanted {
		missing = append(missing, fmt.Errorf("%s: is missing: %s", name, reason))
	}
	return errors.Join(append(sorted(missing), stray...)...)
}

// files says of each file of a release why it has to be there.
func (r release) files() map[string]string {
	wanted := map[string]string{
		r.manifest(): "the registries read the protocol version from it, and take 5.0 without it",
		r.sums():     "the registries read from it which archives there are, and Terraform compares them with it",
	}
	if r.isSigned() {
		wanted[r.signature()] = "the registries take no release without a signature"
	}
	for _, one := range r.platforms {
		wanted[r.archive(one)] = fmt.Sprintf("there is one for each platform of %s", configurationFile)
		wanted[r.sbom(one)] = "every archive has an SBOM"
	}
	return wanted
}

// checkPlatform looks into the archive of one platform, and at the SBOM beside it.
func (r release) checkPlatform(ctx context.Context, p platform) error {
	content, err := r.unpack(p)
	if err != nil {
		return about(r.archive(p), err)
	}
	built, err := r.checkBinary(p, content)
	if err != nil {
		return about(r.archive(p), err)
	}
	if p == thisMachine() {
		if err := r.checkStamp(ctx, p, content); err != nil {
			return about(r.archive(p), err)
		}
	}
	return about(r.sbom(p), r.checkSBOM(p, content, built))
}

// about names the file that each mistake is in.
func about(file string, err error) error {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var named []error
		for _, one := range many.Unwrap() {
			named = append(named, about(file, one))
		}
		return errors.Join(named...)
	}
	return fmt.Errorf("%s: %w", file, err)
}

func sorted(errs []error) []error {
	return slices.SortedFunc(slices.Values(errs), func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
}
