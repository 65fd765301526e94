// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"os"
	"strings"
)

// userAgent names provider and CLI, and what TF_APPEND_USER_AGENT adds.
func userAgent(version, terraformVersion string) string {
	agent := fmt.Sprintf("terraform-provider-refold/%s Terraform/%s", version, cmp.Or(terraformVersion, "unknown"))
	extra := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT"))
	if extra == "" || !isHeaderValue(extra) {
		return agent
	}
	return agent + " " + extra
}
