// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

// protocolVersion is the plugin protocol that the provider serves, as the registries write it.
const protocolVersion = "6.0"

// manifestVersion is the format of the manifest.
const manifestVersion = 1

func (r release) checkManifest() error {
	content, err := os.ReadFile(r.path(r.manifest()))
	if err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	return about(r.manifest(), checkManifest(content))
}

// checkManifest is strict, because the registries take what they do not understand for an older
// protocol.
func checkManifest(content []byte) error {
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&manifest); err != nil {
		return fmt.Errorf("is no manifest: %w", err)
	}
	if manifest.Version != manifestVersion {
		return fmt.Errorf("version is %d, and has to be %d", manifest.Version, manifestVersion)
	}
	if want := []string{protocolVersion}; !slices.Equal(manifest.Metadata.ProtocolVersions, want) {
		return fmt.Errorf("metadata.protocol_versions is %q, and has to be %q, which the provider serves", manifest.Metadata.ProtocolVersions, want)
	}
	return nil
}
