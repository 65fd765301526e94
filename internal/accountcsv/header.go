// SPDX-License-Identifier: MPL-2.0

package accountcsv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	idColumn   = "linked_account_id"
	nameColumn = "name"
)

// table is a CSV whose header was read.
type table struct {
	text   string // all of it
	reader *csv.Reader
	header []string // names of the columns
	id     int      // the column of the ids
	fields bool     // whether there are columns for fields
	line   int      // where the row begins that next returned last
}

// open reads the header, and finds out by it what separates the cells.
func open(text string) (*table, error) {
	var failures []error
	declared, isDeclared := separatorOf(text)
	separators := []rune{',', ';', '\t'}
	if isDeclared {
		separators = []rune{declared}
	}
	for _, separator := range separators {
		table := &table{text: text, reader: csv.NewReader(strings.NewReader(text))}
		table.reader.Comma = separator
		table.reader.FieldsPerRecord = -1
		table.reader.ReuseRecord = true
		if isDeclared {
			_, _ = table.reader.Read() // the declaration itself
		}
		err := table.readHeader()
		if err == nil {
			return table, table.checkHeader()
		}
		failures = append(failures, err)
	}
	// A quote that is misplaced with one separator may be none with the right one.
	for _, failure := range failures {
		if _, misplaced := errors.AsType[*csv.ParseError](failure); !misplaced {
			return nil, failure
		}
	}
	return nil, errors.New(quotingProblem(failures[0], text))
}

// separatorOf is what the first line declares, as Excel reads and writes it: sep=;
func separatorOf(text string) (rune, bool) {
	line, _, _ := strings.Cut(text, "\n")
	declared, isDeclared := strings.CutPrefix(strings.Trim(strings.TrimSuffix(line, "\r"), `"`), "sep=")
	separator, size := utf8.DecodeRuneInString(declared)
	return separator, isDeclared && size > 0 && size == len(declared) && separator != '"'
}

func (t *table) readHeader() error {
	cells, err := t.next()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("there is no header: the first line has to name the columns, and one of them has to be %s", idColumn)
	}
	if err != nil {
		return err
	}
	for _, cell := range cells {
		t.header = append(t.header, strings.TrimSpace(cell))
	}
	if t.id = slices.Index(t.header, idColumn); t.id < 0 {
		return t.noIDColumn()
	}
	t.fields = slices.ContainsFunc(t.header, func(name string) bool { return name != "" && name != idColumn && name != nameColumn })
	return nil
}

// noIDColumn says which names the columns have instead, where one only looks right.
func (t *table) noIDColumn() error {
	for i, name := range t.header {
		if hidden := refold.Invisible(name); len(hidden) > 0 {
			return fmt.Errorf("line %d: no column is named %s, and the name of column %d holds a character that nobody sees (%U): %s", t.line, idColumn, i+1, hidden[0], refold.ShowInvisible(name))
		}
	}
	separated := "commas, semicolons or tabs"
	if declared, isDeclared := separatorOf(t.text); isDeclared {
		separated = fmt.Sprintf("%q, which the line sep= before it names", declared)
	}
	return fmt.Errorf("line %d: no column is named %s (exactly so, in lower case); the first line has to name the columns, separated by %s", t.line, idColumn, separated)
}

func (t *table) checkHeader() error {
	var problems problems
	columns := map[string]int{}
	for i, name := range t.header {
		if name == "" {
			continue // Spreadsheets write such columns; one with values in it is refused by its first value.
		}
		if strings.ContainsFunc(name, unicode.IsControl) {
			problems.addf("line %d: the name of column %d contains a line break or another control character; a quote may be missing", t.line, i+1)
		}
		if hidden := refold.Invisible(name); len(hidden) > 0 {
			problems.addf("line %d: the name of column %d holds a character that nobody sees (%U): %s", t.line, i+1, hidden[0], refold.ShowInvisible(name))
		}
		if first, again := columns[name]; again {
			problems.addf("line %d: the columns %d and %d are both named %s", t.line, first, i+1, diagnose.Quote(name))
			continue
		}
		columns[name] = i + 1
	}
	return problems.err()
}

// next returns the next row that is not empty. The slice is valid until the
// next call. After the last row it returns io.EOF.
func (t *table) next() ([]string, error) {
	for {
		cells, err := t.reader.Read()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			t.line, _ = t.reader.FieldPos(0)
			return cells, nil
		}
	}
}
