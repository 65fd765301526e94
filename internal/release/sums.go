// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// checkSums compares the sums with the files. The Terraform registry refuses a release whose sums
// name anything that is neither an archive nor the manifest, such as an SBOM or the signature.
func (r release) checkSums() error {
	content, err := os.ReadFile(r.path(r.sums()))
	if err != nil {
		return fmt.Errorf("read the sums: %w", err)
	}
	listed, err := readSums(string(content))
	if err != nil {
		return about(r.sums(), err)
	}
	summed := []string{r.manifest()}
	for _, one := range r.platforms {
		summed = append(summed, r.archive(one))
	}
	var errs []error
	for _, name := range summed {
		errs = append(errs, r.checkSum(name, listed[name]))
		delete(listed, name)
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		errs = append(errs, fmt.Errorf("has a sum of %s, and may only have those of archives and manifest", name))
	}
	return about(r.sums(), errors.Join(errs...))
}

func (r release) checkSum(name, listed string) error {
	if listed == "" {
		return fmt.Errorf("has no sum of %s", name)
	}
	sum, err := sumOf(r.path(name))
	if err != nil {
		return err
	}
	if sum != listed {
		return fmt.Errorf("has a sum of %s that is not the file's: %s, and the file's is %s", name, listed, sum)
	}
	return nil
}

// sumLine is a line as sha256sum writes it and both registries read it.
var sumLine = regexp.MustCompile(`^([0-9a-f]{64})  (\S+)$`)

// readSums returns the sums by file.
func readSums(content string) (map[string]string, error) {
	listed := map[string]string{}
	for line := range strings.Lines(content) {
		match := sumLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if match == nil {
			return nil, fmt.Errorf("has a line that is not a sum, two spaces and a name: %q", line)
		}
		if _, ok := listed[match[2]]; ok {
			return nil, fmt.Errorf("has two sums of %s", match[2])
		}
		listed[match[2]] = match[1]
	}
	return listed, nil
}

// sumOf is the SHA-256 of a file, in hex.
func sumOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("compute a sum: %w", err)
	}
	defer func() { _ = file.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", fmt.Errorf("compute a sum: %w", err)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}
