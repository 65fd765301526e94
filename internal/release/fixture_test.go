// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

const sampleVersion = "1.2.3"

// samples are small programs that are built as the provider is, and with mistakes.
type samples struct {
	other platform // the one beside this machine's
	// By what is wrong with them; "" is for nothing. All are for this machine, but other.
	binaries map[string][]byte
	foreign  []byte
	key      *openpgp.Entity
	release  string // a folder with a release without a mistake
}

// sampleSource prints the version, and has one module linked in.
const sampleSource = `package main

import "golang.org/x/sync/semaphore"

var version = "dev"

func main() {
	semaphore.NewWeighted(1)
	println(version)
}
`

// newSamples builds the programs in a repository with a tag, as a release is built.
func newSamples(t *testing.T) samples {
	t.Helper()
	root := filepath.Join("..", "..")
	repository := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(repository, name), content)
	}
	write(t, filepath.Join(repository, "main.go"), []byte(sampleSource))
	commit(t, repository)

	made := samples{other: otherMachine(thisMachine()), binaries: map[string][]byte{}}
	stamp, trim := "-ldflags=-s -w -X main.version="+sampleVersion, "-trimpath"
	this := []string{"GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH, "CGO_ENABLED=0"}
	made.binaries[""] = build(t, repository, this, stamp, trim)
	made.binaries["version"] = build(t, repository, this, "-ldflags=-s -w", trim)
	made.binaries["trimpath"] = build(t, repository, this, stamp)
	made.binaries["cgo"] = build(t, repository, append(this, "CGO_ENABLED=1"), stamp, trim)
	made.foreign = build(t, repository, []string{"GOOS=" + made.other.os, "GOARCH=" + made.other.arch, "CGO_ENABLED=0"}, stamp, trim)
	write(t, filepath.Join(repository, "main.go"), []byte(sampleSource+"\n// Changed after the tag.\n"))
	made.binaries["dirty"] = build(t, repository, this, stamp, trim)
	module, err := os.ReadFile(filepath.Join(repository, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(repository, "go.mod"), bytes.Replace(module, []byte(modulePath), []byte("example.com/other"), 1))
	made.binaries["module"] = build(t, repository, this, stamp, trim)
	made.key = newKey(t, packet.PubKeyAlgoRSA)
	made.release = made.pack(t)
	return made
}

// pack makes the release without a mistake.
func (s samples) pack(t *testing.T) string {
	t.Helper()
	f := s.fixture(t, t.TempDir())
	f.write(f.manifest(), `{"version": 1, "metadata": {"protocol_versions": ["6.0"]}}`)
	f.pack(thisMachine(), s.binaries[""])
	f.pack(s.other, s.foreign)
	f.seal(s.key)
	return f.folder
}

// copy gives a test a release of its own.
func (s samples) copy(t *testing.T) fixture {
	t.Helper()
	f := s.fixture(t, t.TempDir())
	if err := os.CopyFS(f.folder, os.DirFS(s.release)); err != nil {
		t.Fatal(err)
	}
	return f
}

func (s samples) fixture(t *testing.T, folder string) fixture {
	return fixture{t, release{
		folder:    folder,
		version:   sampleVersion,
		platforms: []platform{thisMachine(), s.other},
		keys:      openpgp.EntityList{s.key},
		isTagged:  true,
	}, s.other, s.key, s.binaries, s.foreign}
}

// commit makes the folder a repository with one commit, which has the tag of the sample version.
func commit(t *testing.T, folder string) {
	t.Helper()
	identity := []string{"-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false"}
	for _, arguments := range [][]string{{"init", "--quiet"}, {"add", "."}, {"commit", "--quiet", "--message=test"}, {"tag", "v" + sampleVersion}} {
		execute(t, folder, nil, "git", append(identity, arguments...)...)
	}
}

func build(t *testing.T, repository string, environment []string, flags ...string) []byte {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "binary")
	environment = append(environment, "GOFLAGS=", "GOWORK=off")
	arguments := append([]string{"build", "-mod=readonly", "-buildvcs=true", "-o", binary}, flags...)
	execute(t, repository, environment, "go", append(arguments, ".")...)
	content, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func execute(t *testing.T, folder string, environment []string, name string, arguments ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, arguments...)
	command.Dir = folder
	command.Env = append(os.Environ(), environment...)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, output)
	}
}

func newKey(t *testing.T, algorithm packet.PublicKeyAlgorithm) *openpgp.Entity {
	t.Helper()
	key, err := openpgp.NewEntity("test", "", "test@example.com", &packet.Config{Algorithm: algorithm, RSABits: 2048})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// fixture is a release in which a test puts a mistake.
type fixture struct {
	*testing.T
	release
	other    platform
	key      *openpgp.Entity
	binaries map[string][]byte
	foreign  []byte
}

func (f fixture) write(name, content string) {
	f.Helper()
	write(f.T, f.path(name), []byte(content))
}

func (f fixture) remove(name string) {
	f.Helper()
	if err := os.Remove(f.path(name)); err != nil {
		f.Fatal(err)
	}
}

func (f fixture) read(name string) string {
	f.Helper()
	content, err := os.ReadFile(f.path(name))
	if err != nil {
		f.Fatal(err)
	}
	return string(content)
}

// replace changes a text in a file.
func (f fixture) replace(name, old, text string) {
	f.Helper()
	content := f.read(name)
	if !strings.Contains(content, old) {
		f.Fatalf("%s lacks %q:\n%s", name, old, content)
	}
	f.write(name, strings.Replace(content, old, text, 1))
}

// pack puts a binary into the archive of the platform, with its SBOM beside it.
func (f fixture) pack(p platform, binary []byte) {
	f.Helper()
	f.zip(p, []string{licence, f.binary(p)}, 0o755, binary)
	built, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		f.Fatal(err)
	}
	content, err := json.Marshal(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.6",
		"metadata": map[string]any{
			"component":  component{modulePath, "v" + f.version},
			"properties": []any{map[string]string{"name": hashProperty, "value": fmt.Sprintf("%x", sha256.Sum256(binary))}},
		},
		"components": linked(built),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.write(f.sbom(p), string(content))
}

// zip writes an archive: the last of the files is the binary.
func (f fixture) zip(p platform, names []string, mode fs.FileMode, binary []byte) {
	f.Helper()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for i, name := range names {
		header, content := &zip.FileHeader{Name: name}, []byte("licence")
		if i == len(names)-1 {
			content = binary
		}
		header.SetMode(mode)
		file, err := archive.CreateHeader(header)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := file.Write(content); err != nil {
			f.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		f.Fatal(err)
	}
	f.write(f.archive(p), packed.String())
}

// seal writes the sums of what is there, and signs them.
func (f fixture) seal(key *openpgp.Entity) {
	f.Helper()
	var sums strings.Builder
	for _, name := range []string{f.archive(thisMachine()), f.archive(f.other), f.manifest()} {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(f.read(name))), name)
	}
	f.write(f.sums(), sums.String())
	f.sign(key)
}

// sign signs the sums as they are.
func (f fixture) sign(key *openpgp.Entity) {
	f.Helper()
	var signature bytes.Buffer
	if err := openpgp.DetachSign(&signature, key, strings.NewReader(f.read(f.sums())), nil); err != nil {
		f.Fatal(err)
	}
	f.write(f.signature(), signature.String())
}
