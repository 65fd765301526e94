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
