// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"net/http"
)

// CreateWithoutKey makes an object that nothing but an id of Refold's identifies and that
// belongs to no account, such as a webhook (FACTS 2.10): a request that must not be
// repeated once it may have arrived.
func (c *Client) CreateWithoutKey(ctx context.Context) error {
	_, err := write(ctx, c, call{
		method:      http.MethodPost,
		segments:    path{"api", "v2", "public", "webhook"},
		body:        map[string]string{"webhook_url": "https://hooks.example"},
		expectsJSON: true,
		repeating:   notRepeatable,
	}, func(_ context.Context, received answer) (answer, error) {
		if !json.Valid(received.body) {
			return received, unreadable(received, "no webhook in JSON")
		}
		return received, nil
	})
	return err
}

// ReadWithoutScope reads a list whose answer names neither organization nor environment, and
// is no JSON object: that of event definitions (FACTS 2.11).
func (c *Client) ReadWithoutScope(ctx context.Context) error {
	received, err := c.get(ctx, call{segments: path{"api", "v2", "public", "application", "event"}, hidesScope: true})
	if err != nil {
		return err
	}
	var events []struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(received.body, &events) != nil {
		return unreadable(received, "no event definitions in JSON")
	}
	return nil
}

// Judged names the verdict about an answer of 200.
func Judged(body string) string {
	return map[verdict]string{silent: "silent", succeeded: "succeeded", failed: "failed"}[judge(http.StatusOK, nil, []byte(body))]
}
