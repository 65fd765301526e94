// SPDX-License-Identifier: MPL-2.0

package namespace

import (
	"encoding/base64"
	"regexp"
	"strings"
	"sync"
)

// webToken is a session token, which names its account within (FACTS 2.5).
var webToken = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+`)

// tokens gives the provider session tokens that name accounts as it does. The zero value is empty.
type tokens struct {
	mutex sync.Mutex
	known map[string]string
}

// alias replaces the tokens in a text.
func (t *tokens) alias(text string, inward *strings.Replacer) string {
	return webToken.ReplaceAllStringFunc(text, func(real string) string {
		parts := strings.Split(real, ".")
		claims, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return real
		}
		parts[1] = base64.RawURLEncoding.EncodeToString([]byte(inward.Replace(string(claims))))
		alias := strings.Join(parts, ".")
		t.mutex.Lock()
		defer t.mutex.Unlock()
		if t.known == nil {
			t.known = map[string]string{}
		}
		t.known[alias] = real
		return alias
	})
}

// real is the token that an alias stands for, or the text itself.
func (t *tokens) real(alias string) string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if real, isKnown := t.known[alias]; isKnown {
		return real
	}
	return alias
}
