// SPDX-License-Identifier: MPL-2.0

// Package importexample derives the other ways to import a resource from an example with an
// import block by id, so that nobody has to write, and to keep alike, what says the same.
package importexample

import (
	"fmt"
	"regexp"
	"strings"
)

// Folder holds the example of a resource that the others are derived from, in its main.tf.
const Folder = "import-by-string-id"

var (
	block = regexp.MustCompile(`(?m)^import \{\n  to = (\S+)\n  id = "([^"\\$%]*)"\n\}$`)
	plain = regexp.MustCompile(`^[\w.:/,-]+$`)
)

// Command is the command line that imports what the import block of a configuration does.
func Command(configuration string) (string, error) {
	found := block.FindStringSubmatch(configuration)
	if found == nil {
		return "", noBlock()
	}
	id := found[2]
	if !plain.MatchString(id) {
		id = "'" + strings.ReplaceAll(id, "'", `'\''`) + "'"
	}
	return "terraform import " + found[1] + " " + id + "\n", nil
}

// ByIdentity is the configuration whose import block has an identity of one attribute in
// place of the id.
func ByIdentity(configuration, attribute string) (string, error) {
	found := block.FindStringSubmatch(configuration)
	if found == nil {
		return "", noBlock()
	}
	byIdentity := fmt.Sprintf("import {\n  to = %s\n  identity = {\n    %s = %q\n  }\n}", found[1], attribute, found[2])
	return strings.Replace(configuration, found[0], byIdentity, 1), nil
}

func noBlock() error {
	return fmt.Errorf("there is no import block of the lines \"import {\", \"  to = TYPE.NAME\", \"  id = \\\"ID\\\"\" and \"}\"")
}
