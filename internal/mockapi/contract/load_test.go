// SPDX-License-Identifier: MPL-2.0

package contract

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestLoadRefuses shows which descriptions are no contract.
func TestLoadRefuses(t *testing.T) {
	const head = "openapi: 3.0.3\ninfo: {title: t, version: v}\n"
	operation := func(name, answers string) string {
		return head + "paths:\n  /a:\n    get:\n      operationId: " + name + "\n      responses: {" + answers + "}\n"
	}
	common, err := descriptions.ReadFile(shared)
	if err != nil {
		t.Fatal(err)
	}
	const right = "'200': {description: d}"
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"right":             {map[string]string{"a.yaml": operation("a", right)}, ""},
		"one path twice":    {map[string]string{"a.yaml": operation("a", right), "b.yaml": operation("b", right)}, "b.yaml: /a is in another file too"},
		"no YAML":           {map[string]string{"a.yaml": "{"}, "a.yaml: "},
		"unknown file":      {map[string]string{"a.yaml": operation("a", "'200': {$ref: 'b.yaml#/components/responses/B'}")}, "a.yaml: "},
		"no description":    {map[string]string{"a.yaml": operation("a", "'200': {}")}, "validate the contract: "},
		"broken x-not-json": {map[string]string{"a.yaml": operation("a", "'200': {description: d, x-not-json: '('}")}, "a: x-not-json of 200: "},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{shared: {Data: common}}
			for file, text := range test.files {
				files[file] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := load(files)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}
