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
