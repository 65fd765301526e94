// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"fmt"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// CheckNewIDs refuses to create accounts under ids with characters that nobody sees, and returns
// nil where there are none. What exists under such an id can be imported or adopted, and is managed
// like any other.
func CheckNewIDs(accountIDs []string) *diagnose.Problem {
	var shown []string
	var characters []rune
	for _, id := range accountIDs {
		if found := refold.Invisible(id); len(found) > 0 {
			shown = append(shown, refold.ShowInvisible(id))
			characters = append(characters, found...)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	more := ""
	if len(shown) > diagnose.MostNamed {
		more = fmt.Sprintf(" and %d more", len(shown)-diagnose.MostNamed)
		shown = shown[:diagnose.MostNamed]
	}
	return diagnose.NewError("An invisible character in a new linked account id", fmt.Sprintf(
		"To be created is %s%s, with a character in it that nobody sees, such as %U. It often comes along when a text is copied from a page or a chat. An account of that id would not be found by the id that people see. Nothing was created.", strings.Join(shown, ", "), more, characters[0]),
		"Write the id without it; in a configuration, \\u and four digits stand for such a character. If an account of just this id exists at Refold, import it.")
}
