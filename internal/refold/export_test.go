// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"net/http"
)

// CreateWebhook sends a request that must not be repeated once it may have arrived:
// a POST that would create another webhook (FACTS 2.10).
func CreateWebhook(ctx context.Context, c *Client) error {
	received, err := c.send(ctx, call{
		method:      http.MethodPost,
		segments:    []string{"api", "v2", "public", "webhook"},
		body:        map[string]string{"webhook_url": "https://hooks.example"},
		expectsJSON: true,
	})
	if err == nil && !json.Valid(received.body) {
		return unreadable(received, "no webhook in JSON")
	}
	return err
}
