// SPDX-License-Identifier: MPL-2.0

package upkeep_test

import (
	"regexp"
	"strings"
	"testing"
)

// README.md says with which versions the provider is tested, and the workflow tests with these.
func TestVersionsOfReadmeAreTested(t *testing.T) {
	tested := map[string][]string{}
	for _, entry := range regexp.MustCompile(`cli: (\w+), version: '~> (\d+\.\d+)\.0'`).FindAllStringSubmatch(read(t, ".github/workflows/test.yml"), -1) {
		tested[entry[1]] = append(tested[entry[1]], entry[2])
	}
	want := "\n| Tested with | " + strings.Join(tested["terraform"], ", ") + " | " + strings.Join(tested["tofu"], ", ") + " |\n"
	if !strings.Contains(read(t, "README.md"), want) {
		t.Errorf("README.md does not have the line%s", want)
	}
}
