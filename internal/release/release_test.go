// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// A mistake for each rule, and what is said about it.
func TestCheck(t *testing.T) {
	made, this := newSamples(t), thisMachine()
	// In what is said, <archive>, <sbom>, <manifest> and <sums> stand for the names of files.
	tests := map[string]struct {
		spoil func(f *fixture)
		want  string // "" when there is no mistake
	}{
		"no mistake": {func(*fixture) {}, ""},
		"snapshot of any working tree": {func(f *fixture) {
			f.isTagged = false
			f.pack(this, f.binaries["dirty"])
			f.seal(f.key)
		}, ""},
		"snapshot without gpg": {func(f *fixture) {
			f.isTagged, f.keys = false, nil
			f.remove(f.signature())
		}, ""},

		"manifest of another protocol": {func(f *fixture) {
			f.replace(f.manifest(), "6.0", "5.0")
			f.seal(f.key)
		}, `<manifest>: metadata.protocol_versions is ["5.0"], and has to be ["6.0"], which the provider serves`},
		"manifest of another format": {func(f *fixture) {
			f.replace(f.manifest(), `"version": 1`, `"version": 2`)
			f.seal(f.key)
		}, `<manifest>: version is 2, and has to be 1`},
		"manifest with a field that is misspelt": {func(f *fixture) {
			f.replace(f.manifest(), "protocol_versions", "protocols")
			f.seal(f.key)
		}, `<manifest>: is no manifest: json: unknown field "protocols"`},

		"missing manifest":  {func(f *fixture) { f.remove(f.manifest()) }, `<manifest>: is missing: the registries read the protocol version from it`},
		"missing SBOM":      {func(f *fixture) { f.remove(f.sbom(this)) }, `<sbom>: is missing: every archive has an SBOM`},
		"missing archive":   {func(f *fixture) { f.remove(f.archive(this)) }, `<archive>: is missing: there is one for each platform of .goreleaser.yml`},
		"missing sums":      {func(f *fixture) { f.remove(f.sums()) }, `<sums>: is missing: the registries read from it`},
		"missing signature": {func(f *fixture) { f.remove(f.signature()) }, `<sums>.sig: is missing: the registries take no release without a signature`},
		"stray file":        {func(f *fixture) { f.write("artifacts.json", "[]") }, `artifacts.json: is no file of this release`},
		"file of another version": {func(f *fixture) { f.write(project+"_1.2.4_SHA256SUMS", "") },
			project + `_1.2.4_SHA256SUMS: is no file of this release`},

		"bad sum": {func(f *fixture) {
			f.replace(f.archive(this), "PK", "pk")
			f.sign(f.key)
		}, `<sums>: has a sum of <archive> that is not the file's: `},
		"sum of an SBOM": {func(f *fixture) {
			f.write(f.sums(), f.read(f.sums())+strings.Repeat("0", 64)+"  "+f.sbom(this)+"\n")
			f.sign(f.key)
		}, `<sums>: has a sum of <sbom>, and may only have those of archives and manifest`},
		"no sum of the manifest": {func(f *fixture) {
			f.write(f.sums(), f.read(f.sums())[:strings.LastIndex(f.read(f.sums()), "\n")-len(f.manifest())-66])
			f.sign(f.key)
		}, `<sums>: has no sum of <manifest>`},
		"two sums of a file": {func(f *fixture) {
			f.write(f.sums(), f.read(f.sums())+f.read(f.sums()))
			f.sign(f.key)
		}, `<sums>: has two sums of <archive>`},
		"sums in another form": {func(f *fixture) {
			f.replace(f.sums(), "  ", " *")
			f.sign(f.key)
		}, `<sums>: has a line that is not a sum, two spaces and a name`},

		"archive that is none": {func(f *fixture) {
			f.write(f.archive(this), "no zip")
			f.seal(f.key)
		}, `<archive>: is no zip file: zip: not a valid zip file`},
		"binary of another name": {func(f *fixture) {
			f.zip(this, []string{licence, project}, 0o755, f.binaries[""])
			f.seal(f.key)
		}, `<archive>: has in it ["LICENSE" "terraform-provider-refold"], and has to have ["LICENSE" "` + project + "_v" + sampleVersion},
		"binary that cannot be run": {func(f *fixture) {
			f.zip(this, []string{licence, f.binary(this)}, 0o644, f.binaries[""])
			f.seal(f.key)
		}, `has the mode -rw-r--r--, and not everybody can run it`},
		"binary for another machine": {func(f *fixture) {
			f.pack(this, f.foreign)
			f.seal(f.key)
		}, `<archive>: the binary is `},
		"text for a binary": {func(f *fixture) {
			f.zip(this, []string{licence, f.binary(this)}, 0o755, []byte("#!/bin/sh\n"))
			f.seal(f.key)
		}, `<archive>: the binary is none of ` + this.os},
		"binary of another module": {func(f *fixture) {
			f.pack(this, f.binaries["module"])
			f.seal(f.key)
		}, `<archive>: the binary is of the module "example.com/other", and has to be of ` + modulePath},
		"binary that tells where it was built": {func(f *fixture) {
			f.pack(this, f.binaries["trimpath"])
			f.seal(f.key)
		}, `<archive>: the binary was built with -trimpath=, and has to be with true`},
		"binary that needs a C library": {func(f *fixture) {
			f.pack(this, f.binaries["cgo"])
			f.seal(f.key)
		}, `<archive>: the binary was built with CGO_ENABLED=1, and has to be with 0`},
		"binary of other sources than the tag's": {func(f *fixture) {
			f.pack(this, f.binaries["dirty"])
			f.seal(f.key)
		}, `<archive>: the binary was built from v1.2.3+dirty, and has to be from the tag v1.2.3 and nothing else`},
		"binary without its version": {func(f *fixture) {
			f.pack(this, f.binaries["version"])
			f.seal(f.key)
		}, `<archive>: the binary calls itself version "dev", and has to call itself "1.2.3"`},

		"SBOM that is none": {func(f *fixture) { f.write(f.sbom(this), "SPDXVersion: 2.3") }, `<sbom>: is no JSON`},
		"SBOM in another format": {func(f *fixture) { f.write(f.sbom(this), `{"spdxVersion": "SPDX-2.3"}`) },
			`<sbom>: is no CycloneDX document: bomFormat is "", specVersion ""`},
		"SBOM of another version": {func(f *fixture) { f.replace(f.sbom(this), `"v1.2.3"`, `"v1.2.2"`) },
			`<sbom>: is about {` + modulePath + ` v1.2.2}, and has to be about {` + modulePath + ` v1.2.3}`},
		"SBOM of another platform": {func(f *fixture) { f.write(f.sbom(this), f.read(f.sbom(f.other))) },
			`<sbom>: is of another binary than that of the archive`},
		"SBOM that lacks a module": {func(f *fixture) { f.replace(f.sbom(this), "golang.org/x/sync", "golang.org/x/text") },
			`<sbom>: does not list {golang.org/x/sync v`},
		"SBOM with a module too many": {func(f *fixture) { f.replace(f.sbom(this), "golang.org/x/sync", "golang.org/x/text") },
			`<sbom>: lists {golang.org/x/text v`},

		"armored signature": {func(f *fixture) {
			var text bytes.Buffer
			writer, err := armor.Encode(&text, openpgp.SignatureType, nil)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := writer.Write([]byte(f.read(f.signature()))); err != nil {
				f.Fatal(err)
			}
			if err := writer.Close(); err != nil {
				f.Fatal(err)
			}
			f.write(f.signature(), text.String())
		}, `<sums>.sig: is armored, and has to be binary`},
		"signature that is none": {func(f *fixture) { f.write(f.signature(), "signed") }, `<sums>.sig: is no signature`},
		"signature by an elliptic curve": {func(f *fixture) {
			key := newKey(f.T, packet.PubKeyAlgoEdDSA)
			f.keys[0] = key
			f.sign(key)
		}, `<sums>.sig: is by a key of algorithm 22: the Terraform registry takes RSA (1) and DSA (17) only`},
		"signature by another key": {func(f *fixture) { f.sign(newKey(f.T, packet.PubKeyAlgoRSA)) },
			`<sums>.sig: is not that of <sums> by the given key`},
		"sums that changed after they were signed": {func(f *fixture) {
			f.write(f.sums(), f.read(f.sums())+strings.Repeat("0", 64)+"  "+f.signature()+"\n")
		}, `<sums>.sig: is not that of <sums> by the given key`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := made.copy(t)
			test.spoil(&f)
			want := strings.NewReplacer("<archive>", f.archive(this), "<sbom>", f.sbom(this), "<manifest>", f.manifest(), "<sums>", f.sums()).Replace(test.want)
			err := f.check(t.Context())
			switch {
			case want == "" && err != nil:
				t.Errorf("there is no mistake, and it says:\n%v", err)
			case want != "" && err == nil:
				t.Errorf("it finds nothing, and has to say: %s", want)
			case want != "" && !strings.Contains(err.Error(), want):
				t.Errorf("it says:\n%v\nand has to say:\n%s", err, want)
			case want != "":
				t.Log(err)
			}
		})
	}
}

func TestReadKeys(t *testing.T) {
	path := t.TempDir() + "/key.asc"
	if _, err := readKeys(path); err == nil {
		t.Error("there is no key, and it is read")
	}
	if err := os.WriteFile(path, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readKeys(path); err == nil || !strings.Contains(err.Error(), "gpg --armor --export") {
		t.Errorf("error %v, want one that says how to make the file", err)
	}
	// Without a key, nothing would be signed.
	if err := os.WriteFile(path, []byte("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n=twTO\n-----END PGP PUBLIC KEY BLOCK-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readKeys(path); err == nil || !strings.Contains(err.Error(), "there is none in it") {
		t.Errorf("error %v, want one that says that there is no key", err)
	}
}
