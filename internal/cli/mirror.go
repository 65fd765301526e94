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
	"runtime"
)

// ProviderSource is the provider's address without a registry host, as configurations name it.
const ProviderSource = "gocobalt/refold"

// ProviderVersion is the version under which a Workspace offers the provider.
const ProviderVersion = "0.1.0"

// installProvider builds the provider of this repository and puts it where `init` of the product
// finds it: mirror/HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/, the unpacked layout of a filesystem
// mirror. Go keeps a program that it runs, and links one that it builds each time: so it runs it,
// with cp in its place.
func installProvider(ctx context.Context, mirror string, product Product) error {
	root, err := RepositoryRoot()
	if err != nil {
		return err
	}
	binary := providerPath(mirror, product)
	if err := os.MkdirAll(filepath.Dir(binary), 0o700); err != nil {
		return fmt.Errorf("create the provider mirror: %w", err)
	}
	var output bytes.Buffer
	command := goCommand(ctx, "run", "-C", root, "-mod=readonly", "-ldflags=-X main.version="+ProviderVersion, "-exec=cp", ".", binary)
	command.Stdout, command.Stderr = &output, &output
	if err := runCommand(ctx, command); err != nil {
		return fmt.Errorf("build the provider: %w\n%s", err, output.String())
	}
	return nil
}

// writeLockFile records the provider's checksum beside the configuration. Without a record,
// `init` warns that it had to compute the checksum itself, which it always must for a mirror.
func writeLockFile(folder, mirror string, product Product) error {
	checksum, err := packageChecksum(providerPath(mirror, product))
	if err != nil {
		return fmt.Errorf("compute the provider's checksum: %w", err)
	}
	content := fmt.Sprintf("provider %q {\n  version = %q\n  hashes = [%q]\n}\n", product.RegistryHost()+"/"+ProviderSource, ProviderVersion, checksum)
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

func providerPath(mirror string, product Product) string {
	name := "terraform-provider-" + path.Base(ProviderSource) + "_v" + ProviderVersion
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(mirror, product.RegistryHost(), filepath.FromSlash(ProviderSource), ProviderVersion, runtime.GOOS+"_"+runtime.GOARCH, name)
}
