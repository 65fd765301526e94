// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
)

// licence is the one file that an archive has beside the provider.
const licence = "LICENSE"

// unpack returns the provider that is in the archive of a platform.
func (r release) unpack(p platform) (content []byte, err error) {
	archive, err := zip.OpenReader(r.path(r.archive(p)))
	if err != nil {
		return nil, fmt.Errorf("is no zip file: %w", err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
	}
	slices.Sort(names)
	if want := []string{licence, r.binary(p)}; !slices.Equal(names, want) {
		return nil, fmt.Errorf("has in it %q, and has to have %q", names, want)
	}
	return readExecutable(archive, r.binary(p))
}

func readExecutable(archive *zip.ReadCloser, name string) (content []byte, err error) {
	file, err := archive.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at %s: %w", name, err)
	}
	if mode := info.Mode(); mode.Perm() != 0o755 || !mode.IsRegular() {
		return nil, fmt.Errorf("%s has the mode %s, and not everybody can run it", name, mode)
	}
	content, err = io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	return content, nil
}
