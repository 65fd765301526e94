// SPDX-License-Identifier: MPL-2.0

// Package accountcsv reads linked accounts from CSV files as spreadsheets write them.
package accountcsv

import (
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Account is what one line of a CSV says of an account.
type Account struct {
	// Name is nil where none is given.
	Name *string
	// UDF are the user-defined fields; nil where the file has no columns for any.
	UDF map[string]string
}

// Parse reads accounts by linked_account_id. An error lists what is wrong,
// with lines as an editor counts them; it quotes ids and names of columns, and
// no other cell, because those may hold anything.
func Parse(text string) (map[string]Account, error) {
	text, err := textOf(text)
	if err != nil {
		return nil, err
	}
	table, err := open(text)
	if err != nil {
		return nil, err
	}
	rows := rows{table: table, accounts: map[string]Account{}, lines: map[string]int{}, overfull: map[int]bool{}}
	if err := rows.readAll(); err != nil {
		return nil, err
	}
	return rows.accounts, nil
}

// rows collects the accounts below a header.
type rows struct {
	*table
	accounts map[string]Account
	lines    map[string]int // where each id stands
	overfull map[int]bool   // columns without a name that were found to hold a value
	problems problems
}

func (r *rows) readAll() error {
	for {
		cells, err := r.next()
		if errors.Is(err, io.EOF) {
			return r.problems.err()
		}
		if err != nil {
			// Behind a misplaced quote, nobody knows where lines and cells end.
			r.problems.addf("%s", quotingProblem(err, r.text))
			return r.problems.err()
		}
		r.read(cells)
	}
}

// read takes one line over, or notes what is wrong with it.
func (r *rows) read(cells []string) {
	if len(cells) != len(r.header) {
		hint := ""
		if len(cells) > len(r.header) {
			hint = "; a cell that contains the separator needs quotes"
		}
		r.problems.addf("line %d: the number of cells is %d, and the header has %d%s", r.line, len(cells), len(r.header), hint)
		return
	}
	id := strings.TrimFunc(cells[r.id], isInvisible)
	if isFormula(id) {
		r.problems.addf("line %d, column %d: the id %s", r.line, r.id+1, formulaProblem)
		return
	}
	if !r.accepts(id) {
		return
	}
	r.lines[id] = r.line
	account := Account{}
	if r.fields {
		account.UDF = map[string]string{}
	}
	for i, cell := range cells {
		if i == r.id || strings.TrimSpace(cell) == "" {
			continue
		}
		if isFormula(cell) {
			r.problems.addf("line %d, column %d: the cell %s", r.line, i+1, formulaProblem)
			continue
		}
		switch name := r.header[i]; name {
		case "":
			r.noteOverfull(i)
		case nameColumn:
			account.Name = new(cell)
		default:
			account.UDF[name] = cell
		}
	}
	r.accounts[id] = account
}

// isFormula recognises what spreadsheets write to keep a text of digits from becoming a number.
func isFormula(cell string) bool {
	return len(cell) > len(`="`) && strings.HasPrefix(cell, `="`) && strings.HasSuffix(cell, `"`)
}

// isInvisible is true for what may stand around an id by accident.
func isInvisible(r rune) bool { return unicode.IsSpace(r) || string(r) == byteOrderMark }

func (r *rows) accepts(id string) bool {
	err := refold.CheckLinkedAccountID(id)
	first, again := r.lines[id]
	switch {
	case id == "":
		r.problems.addf("line %d: %s is missing", r.line, idColumn)
	case strings.EqualFold(id, idColumn):
		r.problems.addf("line %d: the header stands here again", r.line)
	case err != nil:
		r.problems.addf("line %d: %s cannot be a %s: %s", r.line, diagnose.Quote(id), idColumn, err)
	case len(refold.Invisible(id)) > 0:
		r.problems.addf("line %d, column %d: %s holds a character that nobody sees (%U)", r.line, r.id+1, refold.ShowInvisible(id), refold.Invisible(id)[0])
	case again:
		r.problems.addf("line %d: %s %s stands on line %d already", r.line, idColumn, diagnose.Quote(id), first)
	default:
		return true
	}
	return false
}

func (r *rows) noteOverfull(column int) {
	if !r.overfull[column] {
		r.overfull[column] = true
		r.problems.addf("line %d: column %d holds a value, and has no name in the header", r.line, column+1)
	}
}
