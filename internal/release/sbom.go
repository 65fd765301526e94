// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

// hashProperty is where cyclonedx-gomod notes which binary an SBOM is of.
const hashProperty = "cdx:gomod:binary:hash:SHA-256"

// sbom is what the rules read of a CycloneDX document.
type sbom struct {
	Format   string `json:"bomFormat"`
	Spec     string `json:"specVersion"`
	Metadata struct {
		Component  component `json:"component"`
		Properties []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"properties"`
	} `json:"metadata"`
	Components []component `json:"components"`
}

// component is a module in one version.
type component struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// checkSBOM holds an SBOM against the binary: it is of this very file, and lists what is linked
// into it, no more and no less.
func (r release) checkSBOM(p platform, binary []byte, built *debug.BuildInfo) error {
	content, err := os.ReadFile(r.path(r.sbom(p)))
	if err != nil {
		return err
	}
	var document sbom
	if err := json.Unmarshal(content, &document); err != nil {
		return fmt.Errorf("is no JSON: %w", err)
	}
	if document.Format != "CycloneDX" || document.Spec == "" {
		return fmt.Errorf("is no CycloneDX document: bomFormat is %q, specVersion %q", document.Format, document.Spec)
	}
	var errs []error
	if want := (component{modulePath, "v" + r.version}); document.Metadata.Component != want {
		errs = append(errs, fmt.Errorf("is about %v, and has to be about %v", document.Metadata.Component, want))
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(binary)); document.property(hashProperty) != sum {
		errs = append(errs, fmt.Errorf("is of another binary than that of the archive: its SHA-256 is %q, and the binary's %s", document.property(hashProperty), sum))
	}
	return errors.Join(append(errs, compareComponents(document.Components, linked(built))...)...)
}

func (s sbom) property(name string) string {
	for _, property := range s.Metadata.Properties {
		if property.Name == name {
			return property.Value
		}
	}
	return ""
}

// linked lists the modules in a binary, with Go's own library.
func linked(built *debug.BuildInfo) []component {
	components := []component{{"std", built.GoVersion}}
	for _, module := range built.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		components = append(components, component{module.Path, module.Version})
	}
	return components
}

func compareComponents(listed, linked []component) []error {
	surplus := map[component]bool{}
	for _, one := range listed {
		one.Version = strings.TrimPrefix(one.Version, "go")
		surplus[one] = true
	}
	var errs []error
	for _, one := range linked {
		one.Version = strings.TrimPrefix(one.Version, "go")
		if !surplus[one] {
			errs = append(errs, fmt.Errorf("does not list %v, which is in the binary", one))
		}
		delete(surplus, one)
	}
	for one := range surplus {
		errs = append(errs, fmt.Errorf("lists %v, which is not in the binary", one))
	}
	return sorted(errs)
}
