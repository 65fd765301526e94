// SPDX-License-Identifier: MPL-2.0

package contract

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

const redacted = "[redacted]"

// secretsOf returns a replacer that takes the secrets of a request out of a text: the API key, the
// session token, every string of the body below auth_credentials or value, and all of them where
// the body is the keys of an app.
func secretsOf(path string, header http.Header, body []byte) *strings.Replacer {
	secrets := slices.Clone(header.Values("X-Api-Key"))
	for _, value := range header.Values("Authorization") {
		secrets = append(secrets, strings.TrimPrefix(value, "Bearer "))
	}
	var decoded any
	if json.Unmarshal(body, &decoded) == nil {
		secrets = append(secrets, credentialsIn(decoded, strings.Contains(path, "/save-key-credentials/"))...)
	}
	var pairs []string
	for _, secret := range secrets {
		if secret != "" {
			pairs = append(pairs, secret, redacted)
		}
	}
	return strings.NewReplacer(pairs...)
}

func credentialsIn(value any, secret bool) []string {
	var found []string
	switch typed := value.(type) {
	case string:
		if secret {
			found = append(found, typed)
		}
	case []any:
		for _, item := range typed {
			found = append(found, credentialsIn(item, secret)...)
		}
	case map[string]any:
		for name, item := range typed {
			found = append(found, credentialsIn(item, secret || name == "auth_credentials" || name == "value")...)
		}
	}
	return found
}
