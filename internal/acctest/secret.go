// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// HoldsSecret looks for a secret in every encoding that it may take on its way
// into a log, an error, a state or a URL.
func HoldsSecret(text, secret string) bool {
	quoted, _ := json.Marshal(secret) // a string can always be written
	inJSON := strings.Trim(string(quoted), `"`)
	for _, form := range []string{
		secret, inJSON, strings.ReplaceAll(secret, `"`, `\"`), url.QueryEscape(secret), url.PathEscape(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)),
	} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}
