// SPDX-License-Identifier: MPL-2.0

package accountcsv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
)

const listedProblems = 10

// problems collects what is wrong with a CSV, so that it can be mended at once.
type problems struct {
	listed []string
	more   int // problems that are counted only
}

func (p *problems) addf(format string, arguments ...any) {
	if len(p.listed) == listedProblems {
		p.more++
		return
	}
	p.listed = append(p.listed, fmt.Sprintf(format, arguments...))
}

// err is nil when there are no problems.
func (p *problems) err() error {
	if len(p.listed) == 0 {
		return nil
	}
	if len(p.listed) == 1 {
		return errors.New(p.listed[0])
	}
	text := fmt.Sprintf("%d problems in the CSV:\n- %s", len(p.listed)+p.more, strings.Join(p.listed, "\n- "))
	if p.more > 0 {
		text += fmt.Sprintf("\n- and %d more", p.more)
	}
	return errors.New(text)
}

// quotingProblem explains an error of encoding/csv about a text; only quotes cause one.
func quotingProblem(err error, text string) string {
	misplaced, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return err.Error()
	}
	if lines := strings.Split(text, "\n"); misplaced.Line <= len(lines) && strings.Contains(lines[misplaced.Line-1], `="`) {
		return fmt.Sprintf("line %d: a cell %s", misplaced.Line, formulaProblem)
	}
	if misplaced.StartLine != misplaced.Line {
		return fmt.Sprintf("line %d: a quote is misplaced or missing in the row that begins on line %d; %s", misplaced.Line, misplaced.StartLine, quotingRule)
	}
	return fmt.Sprintf("line %d: a quote is misplaced or missing; %s", misplaced.Line, quotingRule)
}

const formulaProblem = `is a formula of a spreadsheet (="..."), which keeps zeros in front; export the value, without = and quotes`

const quotingRule = `quotes enclose a whole cell, without white space around them, and a quote within it is written twice: "6"" pipe"`
