// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// A CLI knows fewer kinds of object than this provider may have; what it does print has to be what
// the pages are made of.
func TestWithACLI(t *testing.T) {
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	workspace, err := cli.NewWorkspace(t.Context(), found, filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("the schema is what the CLI prints", func(t *testing.T) { compareWithCLI(t, workspace) })
	t.Run("the examples are formatted", func(t *testing.T) {
		leaveOutUnreadable(t, workspace)
		if output, err := workspace.Output(t.Context(), "fmt", "-check", "-diff", "-recursive"); err != nil {
			t.Errorf("%v\n%s", err, output)
		}
	})
}

// leaveOutUnreadable removes the examples that an old CLI cannot read at all: the functions of a
// provider have a syntax of their own.
func leaveOutUnreadable(t *testing.T, workspace *cli.Workspace) {
	t.Helper()
	const call = "provider::"
	if workspace.CLI.Refusal(call) == "" {
		return
	}
	err := filepath.WalkDir(workspace.Folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if content, err := os.ReadFile(path); err != nil || !strings.Contains(string(content), call) {
			return err
		}
		return os.Remove(path)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func compareWithCLI(t *testing.T, workspace *cli.Workspace) {
	example, err := os.ReadFile(filepath.Join(workspace.Folder, "provider", "provider.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(workspace.Folder, "provider.tf"), example, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Output(t.Context(), "init"); err != nil {
		t.Fatal(err)
	}
	output, err := workspace.Output(t.Context(), "providers", "schema", "-json")
	if err != nil {
		t.Fatal(err)
	}
	providers, _ := decode(t, []byte(output))["provider_schemas"].(map[string]any)
	printed, ok := providers[workspace.CLI.Product.RegistryHost()+"/"+cli.ProviderSource].(map[string]any)
	if !ok {
		t.Fatalf("the CLI printed no schema of the provider: %s", output)
	}
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schema, err := readSchema(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	ours := decode(t, encode(t, schema))
	if !workspace.CLI.CanWriteOnly() {
		withoutWriteOnly(ours)
	}
	for _, kind := range []string{"provider", "resource_schemas", "data_source_schemas"} {
		if printed[kind] == nil {
			t.Errorf("the CLI printed no %s", kind)
		}
	}
	for kind, theirs := range printed {
		if difference := cmp.Diff(theirs, ours[kind]); difference != "" {
			t.Errorf("%s (-CLI +ours):\n%s", kind, difference)
		}
	}
}

// withoutWriteOnly removes what an old CLI does not print of an attribute.
func withoutWriteOnly(schema map[string]any) {
	delete(schema, "write_only")
	for _, value := range schema {
		if nested, isObject := value.(map[string]any); isObject {
			withoutWriteOnly(nested)
		}
	}
}
