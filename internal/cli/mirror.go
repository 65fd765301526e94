// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
)

// ProviderSource is the provider's address without a registry host, as configurations name it.
const ProviderSource = "gocobalt/refold"

// ProviderVersion is the version under which a Workspace offers the provider.
const ProviderVersion = "0.1.0"

// Provider is the provider of this repository, built for any number of workspaces.
type Provider struct {
	path     string
	checksum string // of the package that consists of it
}

// BuildProvider builds the provider of this repository into a folder, which exists and outlives the
// workspaces that use it. Go keeps a program that it runs, and links one that it builds each time:
// so it runs it, with cp in its place.
func BuildProvider(ctx context.Context, folder string) (Provider, error) {
	root, err := RepositoryRoot()
	if err != nil {
		return Provider{}, err
	}
	path := filepath.Join(folder, providerName())
	var output bytes.Buffer
	command := goCommand(ctx, "run", "-C", root, "-mod=readonly", "-ldflags=-X main.version="+ProviderVersion, "-exec=cp", ".", path)
	command.Stdout, command.Stderr = &output, &output
	if err := runCommand(ctx, command); err != nil {
		return Provider{}, fmt.Errorf("build the provider: %w\n%s", err, output.String())
	}
	checksum, err := packageChecksum(path)
	if err != nil {
		return Provider{}, fmt.Errorf("compute the provider's checksum: %w", err)
	}
	return Provider{path: path, checksum: checksum}, nil
}

// install offers the provider to `init` of the product in the configuration in folder:
// mirror/HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/, the unpacked layout of a filesystem mirror.
func (p Provider) install(folder, mirror string, product Product) error {
	target := filepath.Join(mirror, product.RegistryHost(), filepath.FromSlash(ProviderSource), ProviderVersion, runtime.GOOS+"_"+runtime.GOARCH)
	if err := os.MkdirAll(target, 0o700); err != nil {
		return fmt.Errorf("create the provider mirror: %w", err)
	}
	if err := os.Link(p.path, filepath.Join(target, providerName())); err != nil {
		return fmt.Errorf("install the provider: %w", err)
	}
	return writeLockFile(folder, product, ProviderVersion, p.checksum)
}

// installArchive offers an archive of a release to `init` of the product in the configuration in
// folder: mirror/HOST/NAMESPACE/TYPE/, the packed layout of a filesystem mirror, in which the CLI
// unpacks the archive itself, as it does with those of a registry.
func installArchive(archive, folder, mirror string, product Product) error {
	match := archiveName.FindStringSubmatch(filepath.Base(archive))
	if match == nil {
		return fmt.Errorf("install %s: an archive is called terraform-provider-refold_VERSION_OS_ARCH.zip", archive)
	}
	content, err := os.ReadFile(archive)
	if err != nil {
		return fmt.Errorf("install an archive: %w", err)
	}
	target := filepath.Join(mirror, product.RegistryHost(), filepath.FromSlash(ProviderSource))
	if err := os.MkdirAll(target, 0o700); err != nil {
		return fmt.Errorf("create the provider mirror: %w", err)
	}
	if err := os.WriteFile(filepath.Join(target, filepath.Base(archive)), content, 0o600); err != nil {
		return fmt.Errorf("install an archive: %w", err)
	}
	return writeLockFile(folder, product, match[1], fmt.Sprintf("zh:%x", sha256.Sum256(content)))
}

var archiveName = regexp.MustCompile(`^terraform-provider-refold_([^_]+)_[a-z0-9]+_[a-z0-9]+\.zip$`)

// writeLockFile records the provider's checksum beside the configuration. Without a record,
// `init` warns that it had to compute the checksum itself, which it always must for a mirror.
func writeLockFile(folder string, product Product, version, checksum string) error {
	content := fmt.Sprintf("provider %q {\n  version = %q\n  hashes = [%q]\n}\n", product.RegistryHost()+"/"+ProviderSource, version, checksum)
	if err := os.WriteFile(filepath.Join(folder, ".terraform.lock.hcl"), []byte(content), 0o600); err != nil {
		return fmt.Errorf("write the dependency lock file: %w", err)
	}
	return nil
}

// packageChecksum is the "h1:" checksum of a provider package that consists of one file: the hash
// of the list of all files with their hashes.
func packageChecksum(binary string) (string, error) {
	file, err := os.Open(binary)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	content := sha256.New()
	if _, err := io.Copy(content, file); err != nil {
		return "", err
	}
	list := sha256.Sum256(fmt.Appendf(nil, "%x  %s\n", content.Sum(nil), filepath.Base(binary)))
	return "h1:" + base64.StdEncoding.EncodeToString(list[:]), nil
}

func providerName() string {
	name := "terraform-provider-" + path.Base(ProviderSource) + "_v" + ProviderVersion
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return name
}
